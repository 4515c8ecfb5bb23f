package io.hallmark.infra;

import io.hallmark.handlers.telemetry.Metric;
import io.hallmark.infra.Template.Resource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whoever is woken finds what to do, by the names that the code tells its metrics under. */
final class AlarmRules {

    static final Path RUNBOOK = Path.of("../docs/runbook.md");
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final Pattern LINK = Pattern.compile("docs/runbook\\.md#([a-z0-9-]+)");
    /** Sections under this heading answer alarms; the others are about other work. */
    private static final Pattern ALARMS = Pattern.compile("(?ms)^## Alarms$(.*?)(?=^## |\\z)");

    private static final Pattern SECTION = Pattern.compile("(?m)^### (.+)$");

    private AlarmRules() {}

    static List<String> everyAlarmHasASectionInTheRunbook(Template template) {
        Set<String> sections = sections();
        return template.of(ALARM).stream()
                .filter(alarm -> !sections.contains(link(alarm)))
                .map(alarm -> alarm.id() + " sends to '" + link(alarm) + "'")
                .toList();
    }

    static List<String> everySectionOfTheRunbookHasAnAlarm(Template template) {
        Set<String> sent = template.of(ALARM).stream().map(AlarmRules::link).collect(Collectors.toSet());
        return sections().stream().filter(section -> !sent.contains(section)).toList();
    }

    static List<String> everyAlarmTellsSomebody(Template template) {
        return template.of(ALARM).stream()
                .filter(alarm -> !alarm.has("AlarmActions") || !alarm.has("TreatMissingData"))
                .map(Resource::id)
                .toList();
    }

    static List<String> everyMetricThatIsWatchedIsToldByTheCode(Template template) {
        Set<String> known = names();
        List<String> broken = new ArrayList<>();
        template.of(ALARM).stream()
                .filter(alarm -> alarm.at("Namespace").equals("Hallmark"))
                .filter(alarm -> !known.contains(alarm.at("MetricName").toString()))
                .forEach(alarm -> broken.add(alarm.id() + " watches " + alarm.at("MetricName")));
        onTheDashboard(template).filter(name -> !known.contains(name)).forEach(broken::add);
        return broken;
    }

    static List<String> everyMetricOfTheCodeIsWatched(Template template) {
        Set<String> unwatched = names();
        template.of(ALARM)
                .forEach(alarm -> unwatched.remove(alarm.at("MetricName").toString()));
        onTheDashboard(template).forEach(unwatched::remove);
        return List.copyOf(unwatched);
    }

    private static Stream<String> onTheDashboard(Template template) {
        String body = template.of("AWS::CloudWatch::Dashboard").toString();
        return Pattern.compile("\"Hallmark\", \"(\\w+)\"")
                .matcher(body)
                .results()
                .map(found -> found.group(1));
    }

    private static Set<String> names() {
        return Stream.of(Metric.values()).map(Metric::metricName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String link(Resource alarm) {
        Matcher link = LINK.matcher(alarm.at("AlarmDescription").toString());
        return link.find() ? link.group(1) : "";
    }

    /** The anchors of the sections about alarms, as GitHub makes them. */
    private static Set<String> sections() {
        Matcher alarms = ALARMS.matcher(Template.text(RUNBOOK));
        return alarms.find()
                ? SECTION.matcher(alarms.group(1))
                        .results()
                        .map(found -> found.group(1)
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-'))
                        .collect(Collectors.toCollection(TreeSet::new))
                : Set.of();
    }
}
