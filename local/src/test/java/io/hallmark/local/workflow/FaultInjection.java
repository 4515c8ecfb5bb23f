package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Functions that fail on plan: the k-th call of an episode (from 0) meets the fault planned for k. What stops or cancels
 * an execution comes in, so that the injection knows nothing of promotions.
 */
final class FaultInjection implements TaskInvoker {

    /** What can happen to a call. */
    enum Fault {
        /** The function was not called: Lambda.ServiceException. */
        BEFORE,
        /** The function did its work and the answer was lost: States.Timeout, at once. */
        AFTER,
        /** As BEFORE, and every later call of the same state fails too, until {@link #repair}. */
        DOWN,
        /** The execution is stopped, and the function is not called. */
        ABORT_BEFORE,
        /** The function did its work, and the execution is stopped. */
        ABORT_AFTER,
        /** Somebody acts (a human cancels, say) just before the function is called. */
        INTERFERE,
        /** The call seems to time out, and the function does its work some time later. */
        DELAYED,
        /** The function is called twice. */
        TWICE
    }

    private final TaskInvoker functions;
    private final VirtualTime time;
    private final Map<Integer, Fault> plan;
    private final Duration delay;
    private final Consumer<Json.Obj> abort;
    private final Runnable interfere;
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<String> down = new HashSet<>();

    FaultInjection(
            TaskInvoker functions,
            VirtualTime time,
            Map<Integer, Fault> plan,
            Duration delay,
            Consumer<Json.Obj> abort,
            Runnable interfere) {
        this.functions = functions;
        this.time = time;
        this.plan = Map.copyOf(plan);
        this.delay = delay;
        this.abort = abort;
        this.interfere = interfere;
    }

    /** Calls so far, failed ones included: the places at which the next episode can be made to fail. */
    int calls() {
        return calls.get();
    }

    /** Ends every outage. */
    void repair() {
        down.clear();
    }

    @Override
    public Json invoke(String functionName, Json payload) throws FunctionError, Unanswered {
        Optional<Fault> fault = Optional.ofNullable(plan.get(calls.getAndIncrement()));
        Json.Obj call = (Json.Obj) payload;
        String place = call.text("executionArn") + "/" + call.text("action");
        if (down.contains(place)) {
            throw FunctionError.unavailable("down");
        }
        if (fault.isEmpty()) {
            return functions.invoke(functionName, payload);
        }
        return switch (fault.get()) {
            case BEFORE -> throw FunctionError.unavailable("injected");
            case DOWN -> {
                down.add(place);
                throw FunctionError.unavailable("injected");
            }
            case AFTER -> {
                functions.invoke(functionName, payload);
                throw new FunctionError("States.Timeout", "injected");
            }
            case ABORT_BEFORE -> {
                abort.accept(call);
                throw new Unanswered();
            }
            case ABORT_AFTER -> {
                functions.invoke(functionName, payload);
                abort.accept(call);
                throw new Unanswered();
            }
            case INTERFERE -> {
                interfere.run();
                yield functions.invoke(functionName, payload);
            }
            case DELAYED -> {
                time.after(delay, () -> late(functionName, payload));
                throw new FunctionError("States.Timeout", "injected");
            }
            case TWICE -> {
                Json first = functions.invoke(functionName, payload);
                late(functionName, payload);
                yield first;
            }
        };
    }

    /** A call whose answer nobody hears. */
    private void late(String functionName, Json payload) {
        try {
            functions.invoke(functionName, payload);
        } catch (FunctionError | Unanswered | RuntimeException unheard) {
            // The function refused, and nobody is there to be told.
        }
    }
}
