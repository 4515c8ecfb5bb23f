package io.hallmark.infra.permissions;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which code can run once some code runs: rapid type analysis over bytecode. A call goes to every class that was made
 * somewhere in what can run, and to no other. What a lambda or a method reference does counts where it is made; what the
 * JDK or a library may call back counts once its class is made. Reflection is not seen.
 */
final class Reach {

    /** The whole of the code under one package. */
    record Program(JavaClasses classes, String root) {

        boolean ours(JavaClass type) {
            return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
        }
    }

    private final Program program;
    private final Predicate<JavaAccess<?>> never;
    private final Set<JavaCodeUnit> reached = new LinkedHashSet<>();
    private final Set<JavaClass> made = new LinkedHashSet<>();
    private final List<JavaClass> madeInOrder = new ArrayList<>();
    private final Set<JavaClass> initialised = new LinkedHashSet<>();
    private final Map<String, Calls> calls = new LinkedHashMap<>();
    private final Map<JavaCodeUnit, Set<JavaCodeUnit>> next = new HashMap<>();
    private final Deque<JavaCodeUnit> waiting = new ArrayDeque<>();
    private int calledBack;

    private Reach(Program program, Predicate<JavaAccess<?>> never) {
        this.program = program;
        this.never = never;
    }

    /**
     * What runs when this does.
     *
     * @param never accesses that are known not to happen
     */
    static Reach of(Program program, Collection<? extends JavaCodeUnit> roots, Predicate<JavaAccess<?>> never) {
        Reach reach = new Reach(program, never);
        roots.forEach(root -> {
            // Whoever calls a method has its object.
            if (!root.getModifiers().contains(JavaModifier.STATIC)) {
                reach.make(root.getOwner());
            }
            reach.enter(root);
        });
        reach.run();
        return reach;
    }

    /** How something comes to run, from the root on; to understand a need that nobody expected. */
    List<String> way(String name) {
        Map<JavaCodeUnit, List<String>> ways = new LinkedHashMap<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>();
        for (JavaCodeUnit start : reached) {
            if (next.values().stream().noneMatch(units -> units.contains(start))) {
                ways.put(start, List.of(name(start)));
                open.add(start);
            }
        }
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.remove();
            List<String> way = ways.getOrDefault(unit, List.of());
            if (name(unit).equals(name)) {
                return way;
            }
            for (JavaCodeUnit each : next.getOrDefault(unit, Set.of())) {
                if (!ways.containsKey(each)) {
                    ways.put(
                            each,
                            Stream.concat(way.stream(), Stream.of(name(each))).toList());
                    open.add(each);
                }
            }
        }
        return List.of();
    }

    /** All that can run. */
    Set<JavaCodeUnit> all() {
        return reached;
    }

    /** All that can run once this runs, within what can run at all. */
    Set<JavaCodeUnit> from(JavaCodeUnit start) {
        Set<JavaCodeUnit> seen = new LinkedHashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.pop();
            if (seen.add(unit)) {
                open.addAll(next.getOrDefault(unit, Set.of()));
            }
        }
        return seen;
    }

    /** Which methods a call of this one can mean. */
    Set<JavaCodeUnit> meant(CodeUnitAccessTarget target) {
        Set<JavaCodeUnit> found = new LinkedHashSet<>();
        made.forEach(type -> found.addAll(implementations(type, target)));
        return found;
    }

    boolean reaches(Class<?> owner, String method) {
        return reached.stream()
                .anyMatch(unit ->
                        unit.getOwner().isEquivalentTo(owner) && unit.getName().equals(method));
    }

    /** {@code Class.method} of everything in a package, to be read. */
    Set<String> names(String packageName) {
        Set<String> names = new TreeSet<>();
        reached.stream()
                .filter(unit -> unit.getOwner().getPackageName().startsWith(packageName))
                .forEach(unit -> names.add(name(unit)));
        return names;
    }

    static String name(JavaCodeUnit unit) {
        return simple(unit.getOwner()) + "." + unit.getName();
    }

    /** Without the package, nested classes with a dot. */
    static String simple(JavaClass type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    /** What a piece of code calls or refers to, where that can happen. */
    Stream<CodeUnitAccessTarget> callsOf(JavaCodeUnit unit) {
        return accesses(unit)
                .filter(never.negate())
                .filter(access -> access.getTarget() instanceof CodeUnitAccessTarget)
                .map(access -> (CodeUnitAccessTarget) access.getTarget());
    }

    private static Stream<JavaAccess<?>> accesses(JavaCodeUnit unit) {
        return Stream.<Collection<? extends JavaAccess<?>>>of(
                        unit.getMethodCallsFromSelf(),
                        unit.getConstructorCallsFromSelf(),
                        unit.getMethodReferencesFromSelf(),
                        unit.getConstructorReferencesFromSelf())
                .flatMap(Collection::stream);
    }

    private void run() {
        // A class that is made late may be meant by a call that was seen early: again, until nothing is new.
        int before;
        do {
            before = reached.size() + made.size();
            while (!waiting.isEmpty()) {
                follow(waiting.pop());
            }
            dispatch();
            for (; calledBack < madeInOrder.size(); calledBack++) {
                callBacks(madeInOrder.get(calledBack));
            }
        } while (!waiting.isEmpty() || reached.size() + made.size() > before);
    }

    private void enter(JavaCodeUnit unit) {
        if (program.ours(unit.getOwner()) && reached.add(unit)) {
            waiting.push(unit);
            initialise(unit.getOwner());
        }
    }

    private void follow(JavaCodeUnit unit) {
        for (JavaFieldAccess access : unit.getFieldAccesses()) {
            initialise(access.getTargetOwner());
        }
        callsOf(unit).forEach(target -> {
            if (target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)) {
                make(target.getOwner());
            } else if (program.ours(target.getOwner())) {
                calls.computeIfAbsent(target.getFullName(), name -> new Calls(target))
                        .callers
                        .add(unit);
            }
            // A static or private method, a constructor, a call of super: what the name says.
            declared(target.getOwner(), target)
                    .filter(found -> !found.getModifiers().contains(JavaModifier.ABSTRACT))
                    .filter(found -> isFixed(found) || !program.ours(found.getOwner()) || isSuper(unit, found))
                    .forEach(found -> edge(unit, found));
        });
    }

    private static boolean isFixed(JavaCodeUnit unit) {
        return unit instanceof JavaConstructor
                || unit.getModifiers().contains(JavaModifier.STATIC)
                || unit.getModifiers().contains(JavaModifier.PRIVATE);
    }

    private static boolean isSuper(JavaCodeUnit caller, JavaCodeUnit called) {
        return !caller.getOwner().equals(called.getOwner())
                && caller.getOwner().isAssignableTo(called.getOwner().getName());
    }

    /** A call goes to what is made, whether before it was seen or after. */
    private void dispatch() {
        for (Calls each : List.copyOf(calls.values())) {
            for (; each.tried < madeInOrder.size(); each.tried++) {
                each.meant.addAll(implementations(madeInOrder.get(each.tried), each.target));
            }
            each.callers.forEach(caller -> each.meant.forEach(found -> edge(caller, found)));
        }
    }

    /** All calls of one method, and what they can mean of the classes that were tried so far. */
    private static final class Calls {
        private final CodeUnitAccessTarget target;
        private final Set<JavaCodeUnit> callers = new LinkedHashSet<>();
        private final Set<JavaCodeUnit> meant = new LinkedHashSet<>();
        private int tried;

        Calls(CodeUnitAccessTarget target) {
            this.target = target;
        }
    }

    private void edge(JavaCodeUnit from, JavaCodeUnit to) {
        if (program.ours(to.getOwner())) {
            next.computeIfAbsent(from, unit -> new LinkedHashSet<>()).add(to);
            enter(to);
        }
    }

    private void make(JavaClass type) {
        if (program.ours(type) && !type.getModifiers().contains(JavaModifier.ABSTRACT) && made.add(type)) {
            madeInOrder.add(type);
            initialise(type);
        }
    }

    private void initialise(JavaClass type) {
        if (program.ours(type) && initialised.add(type)) {
            type.getStaticInitializer().ifPresent(this::enter);
            type.getRawSuperclass().ifPresent(this::initialise);
        }
    }

    /** What the JDK and libraries know of a class of ours they may call. */
    private void callBacks(JavaClass type) {
        Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .filter(known -> !program.ours(known))
                .flatMap(known -> known.getMethods().stream())
                .filter(known -> !known.getModifiers().contains(JavaModifier.STATIC))
                .forEach(known ->
                        lookUp(type, known.getName(), parameters(known)).forEach(this::enter));
    }

    private Collection<JavaCodeUnit> implementations(JavaClass type, CodeUnitAccessTarget target) {
        return type.isAssignableTo(target.getOwner().getName())
                        && !target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                ? lookUp(type, target.getName(), names(target.getRawParameterTypes()))
                : List.of();
    }

    /** The methods that an object of this class runs under a name: its own, else inherited, else by default. */
    private List<JavaCodeUnit> lookUp(JavaClass type, String name, List<String> parameters) {
        List<JavaClass> line = new ArrayList<>(List.of(type));
        line.addAll(type.getAllRawSuperclasses());
        for (JavaClass each : line) {
            List<JavaCodeUnit> found = concrete(each, name, parameters);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return type.getAllRawInterfaces().stream()
                .flatMap(each -> concrete(each, name, parameters).stream())
                .toList();
    }

    private static List<JavaCodeUnit> concrete(JavaClass type, String name, List<String> parameters) {
        return type.getMethods().stream()
                .filter(method ->
                        method.getName().equals(name) && parameters(method).equals(parameters))
                .filter(method -> !method.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaCodeUnit.class::cast)
                .toList();
    }

    private Stream<JavaCodeUnit> declared(JavaClass owner, CodeUnitAccessTarget target) {
        List<String> parameters = names(target.getRawParameterTypes());
        return target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                ? owner.getConstructors().stream()
                        .filter(constructor -> parameters(constructor).equals(parameters))
                        .map(JavaCodeUnit.class::cast)
                : lookUp(owner, target.getName(), parameters).stream();
    }

    private static List<String> parameters(JavaCodeUnit unit) {
        return names(unit.getRawParameterTypes());
    }

    private static List<String> names(List<JavaClass> types) {
        return types.stream().map(JavaClass::getName).toList();
    }

    /** The method of a class by its name; there is one. */
    static JavaMethod method(JavaClass type, String name) {
        return type.getMethods().stream()
                .filter(method ->
                        method.getName().equals(name) && !method.getModifiers().contains(JavaModifier.BRIDGE))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type.getName() + " has no method " + name));
    }
}
