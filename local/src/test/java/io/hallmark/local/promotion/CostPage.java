package io.hallmark.local.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.local.promotion.CostCounts.Play;
import io.hallmark.local.promotion.CostCounts.Use;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code docs/cost.md}: counted calls times the prices of {@code docs/prices.json}. */
final class CostPage {

    private static final double MILLION = 1e6;
    private static final double MONTH_HOURS = 730;
    private static final double GB = 1e9;
    private static final double ITEM_OVERHEAD = 100;

    // What cannot be counted here is assumed, and the page says so.
    private static final double API_GB = 0.5;
    private static final double INTAKE_GB = 1.0;
    private static final double TASK_GB = 0.5;
    private static final double ALIAS_SECONDS = 0.010;
    private static final double QUERY_SECONDS = 0.030;
    private static final double INTAKE_SECONDS = 0.100;
    private static final double TASK_SECONDS = 0.100;
    private static final int ALARMS = 20;
    private static final double POLLERS = 5;
    private static final double POLL_SECONDS = 20;

    private final Map<String, Double> prices = new TreeMap<>();
    private final Json.Obj file;
    private final StringBuilder text = new StringBuilder();

    CostPage(Path priceFile) throws IOException {
        this.file = (Json.Obj) StrictJson.read(Files.readAllBytes(priceFile));
        file.array("prices").stream().map(Json.Obj.class::cast).forEach(price -> {
            double per = number(price, "per");
            prices.put(price.text("name"), number(price, "usd") / per);
        });
    }

    private static double number(Json.Obj row, String name) {
        return ((Json.Num) row.find(name).orElseThrow()).value().doubleValue();
    }

    private double usd(String name, double count) {
        Double price = prices.get(name);
        if (price == null) {
            throw new IllegalStateException("docs/prices.json has no price " + name);
        }
        return price * count;
    }

    private double lambda(double invocations, double seconds, double gigabytes) {
        return usd("lambda.request", invocations) + usd("lambda.compute", invocations * seconds * gigabytes);
    }

    private double table(Use use) {
        return usd("dynamodb.write", use.writes() + use.indexWrites())
                + usd("dynamodb.read", use.reads())
                + usd("s3.put", use.puts())
                + usd("s3.get", use.gets());
    }

    /** An arrival through the queue: sent, received, deleted; one event for what was registered. */
    double registration(Use use) {
        return table(use)
                + lambda(use.events(), INTAKE_SECONDS, INTAKE_GB)
                + usd("sqs.request", 3.0 * use.events())
                + lambda(1, TASK_SECONDS, TASK_GB)
                + usd("events.put", 1);
    }

    double query(Use use, double seconds) {
        return table(use) + usd("api.request", 1) + lambda(1, seconds, API_GB);
    }

    double play(Play play, double moreLooks) {
        double perLook = play.looks() == 0 ? 0 : 3;
        return table(play.use())
                + usd("states.transition", play.transitions() + perLook * moreLooks)
                + lambda(play.tasks() + moreLooks, TASK_SECONDS, TASK_GB)
                + usd("api.request", 1);
    }

    /** How often the shipped policy looks: its bakes divided by their gaps. */
    static double looks(Json.Obj policy) {
        Json.Obj canary = policy.object("canary");
        double steps = canary.array("steps").stream()
                .mapToDouble(step -> number((Json.Obj) step, "bakeSeconds"))
                .sum();
        return number(policy.object("shadow"), "bakeSeconds") / number(policy.object("shadow"), "lookSeconds")
                + steps / number(canary, "lookSeconds")
                + number(policy.object("monitor"), "windowSeconds") / number(policy.object("monitor"), "lookSeconds");
    }

    private CostPage line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    String write() {
        CostCounts counts = new CostCounts();
        counts.alone("first");
        Use alone = counts.alone("second");
        Use set = counts.set("candidate-gbm");
        List<Use> alias = counts.alias();
        Use version = counts.version();
        Use page = counts.page();
        List<Use> idle = CostCounts.idle();
        Play promotion = CostCounts.promotion("quick");
        Play patient = CostCounts.promotion("patient");
        Play rollback = CostCounts.rollback();
        Use poll = CostCounts.poll();

        line("# Cost");
        line("");
        line(
                "Computed in the build: calls counted while the registry's own code makes them, times the prices in"
                        + " [prices.json](prices.json) (%s, seen %s). `CostPageTest` compares this page with what it computes;"
                        + " `mvn -pl local -am test -Dtest=CostPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dhallmark.cost.write=true` writes it anew. Write units are counted by the rules of the DynamoDB"
                        + " Developer Guide: a started KB of an item each, twice in a transaction, and once per index entry"
                        + " that changes, twice where its key moves.",
                file.text("region"), file.text("seen"));
        line("");
        assumptions();
        uses(alone, set, alias, version, page);
        plays(promotion, patient, rollback, poll);
        idle(idle);
        hashing();
        plan(alone, set, alias.get(1));
        region(alone);
        priceTable();
        return text.toString();
    }

    private void assumptions() {
        line(
                "Assumed, because it cannot be counted on one machine: an intake event takes %.0f ms of a function of %.1f GB,"
                        + " resolving an alias %.0f ms and another query %.0f ms of %.1f GB, a task of a state machine %.0f ms of"
                        + " %.1f GB; no cold start, no free tier; one delivery of the outbox per change. Logs, traces and metrics"
                        + " depend on what one keeps, and are not in here.",
                INTAKE_SECONDS * 1000,
                INTAKE_GB,
                ALIAS_SECONDS * 1000,
                QUERY_SECONDS * 1000,
                API_GB,
                TASK_SECONDS * 1000,
                TASK_GB);
        line("");
    }

    private void uses(Use alone, Use set, List<Use> alias, Use version, Use page) {
        line("## Per million");
        line("");
        line("| use | transactions | write units | of indexes | read units | S3 writes, reads | USD per million |");
        line("|---|---|---|---|---|---|---|");
        row("register a file alone", alone, registration(alone));
        row("register a set (" + set.events() + " objects: manifest, artifact, evidence)", set, registration(set));
        row("move an alias", alias.get(0), query(alias.get(0), QUERY_SECONDS) + delivery());
        row("resolve an alias", alias.get(1), query(alias.get(1), ALIAS_SECONDS));
        row("show a version", version, query(version, QUERY_SECONDS));
        row("list the versions of a model that has one", page, query(page, QUERY_SECONDS));
        line("");
        line(
                "Delivery of the outbox is in the figures of the writes. The goals are $15 per million registrations and $1.50"
                        + " per million alias queries: the second is %s. The first is %s by a file alone: a registration writes the"
                        + " version, its semantic version, the ledger, the content, the run, an edge per ingredient, the audit"
                        + " entry and the event, so that each of them can be found by one read and none is ever half there.",
                met(MILLION * query(alias.get(1), ALIAS_SECONDS), 1.5), met(MILLION * registration(alone), 15));
        line("");
    }

    private static String met(double usd, double goal) {
        return usd <= goal ? "met" : String.format(Locale.ROOT, "missed by a factor of %.1f", usd / goal);
    }

    private double delivery() {
        return lambda(1, TASK_SECONDS, TASK_GB) + usd("events.put", 1);
    }

    private void row(String name, Use use, double usd) {
        line(
                "| %s | %d | %d | %d | %.1f | %d, %d | %.2f |",
                name,
                use.transactions(),
                use.writes(),
                use.indexWrites(),
                use.reads(),
                use.puts(),
                use.gets(),
                MILLION * usd);
    }

    private void plays(Play promotion, Play patient, Play rollback, Use poll) {
        double perLook =
                (patient.transitions() - promotion.transitions()) / (double) (patient.looks() - promotion.looks());
        double looks = looks(CostCounts.shipped("default"));
        double fixed = promotion.transitions() - perLook * promotion.looks();
        line("## Per promotion");
        line("");
        line(
                "Played by the deployed state machines in virtual time. A look at the evidence costs %.0f transitions; the"
                        + " rest of a promotion to production costs %.0f. The policy `default` looks %.0f times in its bakes, so it"
                        + " takes %.0f transitions.",
                perLook, fixed, looks, fixed + perLook * looks);
        line("");
        line("| | transitions | tasks | looks | write units | read units | USD each |");
        line("|---|---|---|---|---|---|---|");
        line(
                "| a promotion under a policy of seconds | %d | %d | %d | %d | %.0f | %.4f |",
                promotion.transitions(),
                promotion.tasks(),
                promotion.looks(),
                promotion.use().writes() + promotion.use().indexWrites(),
                promotion.use().reads(),
                play(promotion, 0));
        Use first = promotion.use();
        Use later = patient.use();
        double more = patient.looks() - promotion.looks();
        double writesPerLook = (later.writes() + later.indexWrites() - first.writes() - first.indexWrites()) / more;
        double readsPerLook = (later.reads() - first.reads()) / more;
        double extra = looks - promotion.looks();
        double whole = play(promotion, extra)
                + usd("dynamodb.write", writesPerLook * extra)
                + usd("dynamodb.read", readsPerLook * extra);
        line(
                "| the same under `default` | %.0f | %.0f | %.0f | %.0f | %.0f | %.4f |",
                fixed + perLook * looks,
                promotion.tasks() + extra,
                looks,
                first.writes() + first.indexWrites() + writesPerLook * extra,
                first.reads() + readsPerLook * extra,
                whole);
        line(
                "| an emergency rollback, to its proof | %d | %d | 0 | %d | %.0f | %.4f |",
                rollback.transitions(),
                rollback.tasks(),
                rollback.use().writes() + rollback.use().indexWrites(),
                rollback.use().reads(),
                play(rollback, 0));
        line("");
        double polls = MONTH_HOURS * 3600 / 10;
        double each = (table(poll) + poll.events() * 2 * (usd("api.request", 1) + lambda(1, ALIAS_SECONDS, API_GB)))
                / poll.events();
        line(
                "What serves costs more than what promotes: an instance that acknowledges and reports every 10 s takes %.1f"
                        + " write units a time and $%.2f a month; every 60 s, a sixth of that.",
                (poll.writes() + poll.indexWrites()) / (double) poll.events(), polls * each);
        line("");
    }

    private void idle(List<Use> idle) {
        double minutes = MONTH_HOURS * 60;
        double quarters = MONTH_HOURS * 4;
        double receives = POLLERS * MONTH_HOURS * 3600 / POLL_SECONDS;
        Map<String, Double> rows = new java.util.LinkedHashMap<>();
        rows.put("key that signs digests", usd("kms.key", 1) + usd("kms.sign", MONTH_HOURS));
        rows.put(ALARMS + " alarms", usd("cloudwatch.alarm", ALARMS));
        rows.put("long polling of the intake queue", usd("sqs.request", receives));
        rows.put("reconciler, every minute", minutes * table(idle.get(1)) + lambda(minutes, TASK_SECONDS, TASK_GB));
        rows.put("sweep, every 15 minutes", quarters * table(idle.get(0)) + lambda(quarters, TASK_SECONDS, TASK_GB));
        rows.put("digest, every hour", lambda(MONTH_HOURS, TASK_SECONDS, TASK_GB));
        double sum = rows.values().stream().mapToDouble(Double::doubleValue).sum();
        line("## Idle");
        line("");
        line(
                "Nothing runs, so nothing is paid by the hour: functions, state machines, table and API cost $0 without use."
                        + " What remains is watching, per month, before any free tier:");
        line("");
        line("| | USD |");
        line("|---|---|");
        rows.forEach((name, usd) -> line("| %s | %.2f |", name, usd));
        line("| together | %.2f |", sum);
        line("");
        line(
                "Storage comes on top, by what is stored: $%.3f per GB of artifacts, $%.2f per GB of the table and $%.2f per GB"
                        + " of its continuous backup.",
                prices.get("s3.storage"), prices.get("dynamodb.storage"), prices.get("dynamodb.backup"));
        line("");
    }

    private void hashing() {
        line("## Hashing, per TB");
        line("");
        line("| function | MB/s | USD per TB, compute | ranged reads of 8 MiB |");
        line("|---|---|---|---|");
        hash("512 MB, JIT at full speed, one share of the network", 0.512, 78);
        hash("1,769 MB, Lambda's default C1", 1.769, 38);
        hash("10,240 MB, JIT at full speed, 3 Gbit/s", 10.240, 375);
        line("");
        line("An object uploaded with a SHA-256 that S3 verified is registered without reading a byte.");
        line("");
    }

    private void hash(String name, double gigabytes, double megabytesPerSecond) {
        line(
                "| %s | %.0f | %.3f | %.3f |",
                name,
                megabytesPerSecond,
                usd("lambda.compute", 1e6 / megabytesPerSecond * gigabytes),
                usd("s3.get", 1e12 / (8 * 1048576.0)));
    }

    private void plan(Use alone, Use set, Use resolve) {
        double versions = 1e9;
        double aloneBytes = alone.stored() + alone.indexed() + ITEM_OVERHEAD * 14;
        double setBytes = set.stored() + set.indexed() + ITEM_OVERHEAD * 40;
        line("## 1,000,000 models with 1,000 versions each");
        line("");
        line("| | a file alone | a set as counted |");
        line("|---|---|---|");
        line(
                "| bytes of a version, indexes and %.0f bytes of overhead per item in it | %.0f | %.0f |",
                ITEM_OVERHEAD, aloneBytes, setBytes);
        line("| table for 10^9 versions, TB | %.1f | %.1f |", aloneBytes * versions / 1e12, setBytes * versions / 1e12);
        line(
                "| storage per month, USD | %.0f | %.0f |",
                usd("dynamodb.storage", aloneBytes * versions / GB), usd("dynamodb.storage", setBytes * versions / GB));
        line(
                "| partitions of 10 GB, at least | %.0f | %.0f |",
                Math.ceil(aloneBytes * versions / 1e10), Math.ceil(setBytes * versions / 1e10));
        line(
                "| all of it written once, USD | %.0f | %.0f |",
                registration(alone) * versions, registration(set) * versions);
        line("");
        line(
                "Every read by name is one item or one page, whatever the number of models and versions. Of one model at most"
                        + " %.0f registrations a second begin: its head, of one unit, takes two in a transaction, and a partition"
                        + " takes 1,000 a second. The head is also the fence, so rivals retry; a million models do not share it. The"
                        + " outbox has 8 partitions: with %d units per message and its removal that is %.0f changes a second for"
                        + " the whole registry.",
                1000 / 2.0, 4, 8 * 1000 / 4.0);
        line("");
        line("### Hot aliases");
        line("");
        line(
                "Resolving takes %.0f read unit, as the read is consistent, and a partition gives 3,000 a second: 3,000 requests"
                        + " a second per alias, 6,000 were they read with eventual consistency. Answers carry `max-age=5` and an"
                        + " `ETag`, so %d instances that ask every 5 s are below that, and a fleet behind one shared cache asks"
                        + " 0.2 times a second. Beyond that, K copies of the item under K partition keys, written by the same"
                        + " transaction, multiply the ceiling by K for %d write units more each: not built, because the ceiling costs"
                        + " $%.0f a month in requests before it is reached.",
                resolve.reads(), 3000 * 5, 2, 3000 * 3600 * MONTH_HOURS * query(resolve, ALIAS_SECONDS));
        line("");
    }

    private void region(Use alone) {
        double rows = (alone.writes() / 2.0) + alone.indexWrites();
        line("## A second Region");
        line("");
        line("| what | how it gets there | cost |");
        line("|---|---|---|");
        line(
                "| table | global table, asynchronous, item by item | $%.2f per million registrations (%.0f replicated units"
                        + " each), and the storage again |",
                MILLION * usd("dynamodb.replica", rows), rows);
        line(
                "| artifacts, registry's own objects | replication of both buckets, with replication time control | $%.3f per GB"
                        + " moved, and the storage again; version ids are kept |",
                prices.get("transfer.region"));
        line(
                "| digests | replication into a bucket with Object Lock of its own; the key is a multi-Region key | $%.2f a month"
                        + " for the key |",
                prices.get("kms.key"));
        line(
                "| state machines, running executions | not at all: the reconciler of the other Region finds every open promotion"
                        + " in the table and rolls it back, or finishes the rollback | 0 |");
        line("");
        line(
                "One Region writes. A transaction is atomic where it commits and nowhere else: the other Region sees its items one"
                        + " by one, and of two Regions that write one item the last wins. With both writing, two registrations"
                        + " would get one number, the lock of a target would be held twice, and the audit chain would fork without"
                        + " either side being refused: every guarantee of the registry is a condition on one item, and conditions are"
                        + " judged locally. Aliases and routes may be read anywhere; they lag.");
        line("");
        line(
                "RPO: what was not replicated, normally a second or two of the table and up to 15 minutes of objects under"
                        + " replication time control; an object that arrives later registers by the sweep. RTO: the decision of a"
                        + " person, then one deployment parameter and one run of sweep and reconciler, each at most 15 minutes."
                        + " Before the other Region writes, the first must not: take away its write permission, verify every chain"
                        + " against the last signed digest, and let the sweep register what the buckets have and the ledger has not.");
        line("");
    }

    private void priceTable() {
        line("## Prices");
        line("");
        line("| name | USD | per | source |");
        line("|---|---|---|---|");
        for (Json each : file.array("prices")) {
            Json.Obj price = (Json.Obj) each;
            String usd = ((Json.Num) price.find("usd").orElseThrow()).value().toPlainString();
            BigDecimal per = ((Json.Num) price.find("per").orElseThrow()).value();
            line(
                    "| `%s` | %s | %,d %s | %s%s |",
                    price.text("name"),
                    usd,
                    per.longValueExact(),
                    price.text("unit"),
                    price.text("source"),
                    price.flag("checked") ? "" : " (list price, unchecked)");
        }
    }
}
