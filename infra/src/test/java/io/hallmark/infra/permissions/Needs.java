package io.hallmark.infra.permissions;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.hallmark.aws.DynamoTable;
import io.hallmark.core.service.DeliverOutbox;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Wiring;
import io.hallmark.infra.permissions.Reach.Program;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a handler needs: {@code action on resource} and {@code partition pk of resource}, from the calls of the AWS SDK
 * that can run, put into words by {@link Dictionary}. What the dictionary does not know is named, and nothing is guessed.
 */
final class Needs {

    private static final String SDK = "software.amazon.awssdk.services.";
    private static final String ADAPTERS = "io.hallmark.aws";

    private final Reach reach;
    private final Set<String> needs = new TreeSet<>();
    private final List<String> unknown = new ArrayList<>();

    private Needs(Reach reach) {
        this.reach = reach;
    }

    /**
     * The needs of one handler as a function on AWS.
     *
     * @throws AssertionError naming every call that the dictionary does not know
     */
    static Set<String> of(Program program, String handler) {
        Needs needs = new Needs(reach(program, handler));
        needs.table();
        needs.blobs();
        needs.others();
        if (!needs.unknown.isEmpty()) {
            throw new AssertionError(handler + " reaches what Dictionary does not know; add:\n  "
                    + String.join("\n  ", new TreeSet<>(needs.unknown)));
        }
        return needs.needs;
    }

    /** What can run in a handler: its constructor without parameters, its method, and what those lead to. */
    static Reach reach(Program program, String handler) {
        if (!program.classes().contain(handler)) {
            throw new AssertionError("the code has no handler " + handler);
        }
        JavaClass type = program.classes().get(handler);
        List<JavaCodeUnit> roots = new ArrayList<>();
        roots.add(type.getConstructor());
        type.getMethods().stream()
                .filter(method -> method.getName().equals("handleRequest")
                        && !method.getModifiers().contains(JavaModifier.BRIDGE))
                .forEach(roots::add);
        if (roots.size() != 2) {
            throw new AssertionError(handler + " is no " + RequestHandler.class.getSimpleName());
        }
        Reach broad = Reach.of(program, roots, access -> false);
        return Reach.of(program, roots, notWired(broad));
    }

    /**
     * The wiring chooses at run time by two constants that the place is asked with; bytecode shows both branches. Only
     * {@link AwsPlace#machines} and {@link AwsPlace#everything} make the machines, only the latter the bus; and the outbox
     * is delivered only by whoever asks for it or for everything.
     */
    private static Predicate<JavaAccess<?>> notWired(Reach broad) {
        boolean everything = broad.reaches(AwsPlace.class, "everything");
        boolean machines = everything || broad.reaches(AwsPlace.class, "machines");
        boolean outbox = everything || broad.reaches(Wiring.class, "outbox");
        return access -> (is(access, AwsPlace.class, "flows") && !machines)
                || (is(access, AwsPlace.class, "bus") && !everything)
                || (is(access, DeliverOutbox.class, "<init>")
                        && access.getOriginOwner().isEquivalentTo(Wiring.class)
                        && !outbox);
    }

    private static boolean is(JavaAccess<?> access, Class<?> owner, String name) {
        return access.getTargetOwner().isEquivalentTo(owner) && access.getName().equals(name);
    }

    private void table() {
        if (reach.reaches(DynamoTable.class, "query")) {
            needs.add("dynamodb:Query on Table");
        }
        for (JavaCodeUnit unit : reach.all()) {
            if (adapter(unit)) {
                continue;
            }
            String name = Reach.name(unit);
            boolean asksIndex =
                    calls(unit, Table.class, "queryIndex") && !unit.getOwner().isAssignableTo(Table.class);
            if (asksIndex) {
                index(unit, name);
            } else if (spells(unit)) {
                // A key or a question of which the partition is spelled here, or by a method that is called here.
                boolean spelled = Dictionary.PARTITIONS.containsKey(name)
                        || reach.callsOf(unit).anyMatch(called -> Dictionary.PARTITIONS.containsKey(name(called)));
                if (!spelled) {
                    unknown.add("PARTITIONS: the partition that " + name + " spells");
                }
            }
            if (Dictionary.PARTITIONS.containsKey(name)) {
                needs.add("partition " + Dictionary.PARTITIONS.get(name) + " of Table");
            }
        }
    }

    private void index(JavaCodeUnit unit, String name) {
        Set<String> partitions = Dictionary.INDEX_PARTITIONS.getOrDefault(name, Set.of());
        Set<String> indexes = unit.getFieldAccesses().stream()
                .filter(access -> access.getTargetOwner().isEquivalentTo(Index.class))
                .map(access -> access.getName().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (partitions.isEmpty() || indexes.isEmpty()) {
            unknown.add("INDEX_PARTITIONS: what " + name + " asks of which index");
        }
        indexes.forEach(each -> needs.add("dynamodb:Query on Table/index/" + each));
        partitions.forEach(each -> needs.add("partition " + each + " of Table/index"));
    }

    private boolean spells(JavaCodeUnit unit) {
        return Stream.of(Query.class, Key.class, Index.class).noneMatch(unit.getOwner()::isEquivalentTo)
                && !Dictionary.PASSES_KEYS_ON.contains(Reach.simple(unit.getOwner()))
                && (calls(unit, Key.class, "<init>")
                        || calls(unit, Query.class, "<init>")
                        || calls(unit, Query.class, "all")
                        || calls(unit, Query.class, "prefix"));
    }

    /** Who asks the buckets for what; which bucket it is, the dictionary says by who asks. */
    private void blobs() {
        for (JavaCodeUnit unit : reach.all()) {
            if (adapter(unit)) {
                continue;
            }
            reach.callsOf(unit)
                    .filter(target -> target.getOwner().isEquivalentTo(Blobs.class))
                    .forEach(target -> {
                        String asker = Reach.simple(unit.getOwner());
                        String objects = Dictionary.OBJECTS.get(asker);
                        if (objects == null) {
                            unknown.add("OBJECTS: in which bucket " + asker + " does " + target.getName());
                            return;
                        }
                        adapters(target).forEach(operation -> s3(operation, objects));
                    });
        }
    }

    private Set<String> adapters(CodeUnitAccessTarget port) {
        Set<String> operations = new TreeSet<>();
        reach.meant(port).stream()
                .filter(Needs::adapter)
                .flatMap(unit -> reach.from(unit).stream())
                .forEach(unit -> operations(unit).forEach(operations::add));
        return operations;
    }

    private void s3(String operation, String objects) {
        List<String> actions = Dictionary.ACTIONS.get(operation);
        if (actions == null) {
            unknown.add("ACTIONS: " + operation);
            return;
        }
        String bucket = objects.substring(0, objects.indexOf('/'));
        actions.forEach(
                action -> needs.add(action + " on " + (Dictionary.OF_THE_BUCKET.contains(action) ? bucket : objects)));
    }

    /** All other services: one resource per action. */
    private void others() {
        for (JavaCodeUnit unit : reach.all()) {
            if (adapter(unit)) {
                operations(unit)
                        .filter(operation -> !operation.startsWith("S3"))
                        .forEach(operation -> {
                            List<String> actions = Dictionary.ACTIONS.get(operation);
                            if (actions == null) {
                                unknown.add("ACTIONS: " + operation + ", which " + Reach.name(unit) + " calls");
                            } else {
                                actions.forEach(action ->
                                        resources(action).forEach(resource -> needs.add(action + " on " + resource)));
                            }
                        });
            }
        }
    }

    private Set<String> resources(String action) {
        String resource = Dictionary.RESOURCES.get(action);
        if (resource == null) {
            unknown.add("RESOURCES: " + action);
            return Set.of();
        }
        return switch (resource) {
            case "stateMachine", "execution" ->
                Stream.of(Flows.Machine.values())
                        .map(machine -> resource + ":" + machine.fileName())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
            default -> Set.of(resource);
        };
    }

    /** {@code Client.operation} of every call of the SDK that goes out, and the parts that a transaction is made of. */
    private Stream<String> operations(JavaCodeUnit unit) {
        return reach.callsOf(unit)
                .filter(target -> target.getOwner().getName().startsWith(SDK))
                .filter(target ->
                        !target.getName().equals("builder") && !target.getName().equals("close"))
                .filter(target -> {
                    String owner = Reach.simple(target.getOwner());
                    return owner.endsWith("Client")
                            || owner.endsWith("Presigner")
                            || (owner.equals("TransactWriteItem.Builder")
                                    && !target.getName().equals("build"));
                })
                .map(Needs::name);
    }

    private static boolean adapter(JavaCodeUnit unit) {
        return unit.getOwner().getPackageName().equals(ADAPTERS);
    }

    private boolean calls(JavaCodeUnit unit, Class<?> owner, String name) {
        return reach.callsOf(unit)
                .anyMatch(target -> target.getOwner().isEquivalentTo(owner)
                        && target.getName().equals(name));
    }

    private static String name(CodeUnitAccessTarget target) {
        return Reach.simple(target.getOwner()) + "." + target.getName();
    }
}
