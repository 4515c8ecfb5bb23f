package io.hallmark.local.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.service.promotion.Action;
import io.hallmark.core.service.promotion.Actions;
import io.hallmark.core.service.promotion.CancelPromotion;
import io.hallmark.core.service.promotion.IncrementingShift;
import io.hallmark.core.service.promotion.Parts;
import io.hallmark.core.service.promotion.StepCall;
import io.hallmark.core.store.Flows;
import io.hallmark.local.workflow.FunctionError;
import io.hallmark.local.workflow.TaskInvoker;
import io.hallmark.local.workflow.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls the real actions, and lets happen what the plan says for the n-th call. */
final class Faults implements TaskInvoker {

    static final String DECIDE = "decide";
    static final String TARGET = "target";

    private static final Set<String> MOVES =
            Set.of("StartShadow", "ShiftTraffic", "PromoteToProduction", "RestoreBaseline");

    private final Parts parts;
    private final Flows flows;
    private final SimulatedTarget target;
    private final VirtualTime time;
    private final World.Setup setup;
    private final Actions decide;
    private final Actions onTarget;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger pending = new AtomicInteger();
    private final Set<String> down = new HashSet<>();
    private final Set<String> promotionIds = new LinkedHashSet<>();
    private final List<String> log = new ArrayList<>();

    Faults(Parts parts, Flows flows, SimulatedTarget target, VirtualTime time, World.Setup setup) {
        this.parts = parts;
        this.flows = flows;
        this.target = target;
        this.time = time;
        this.setup = setup;
        this.decide = Actions.decide(parts);
        this.onTarget = setup.incrementingShift() ? incrementing(parts) : Actions.target(parts);
    }

    private static Actions incrementing(Parts parts) {
        Actions real = Actions.target(parts);
        Map<String, Action> all = new java.util.HashMap<>();
        real.names().forEach(name -> all.put(name, call -> real.run(name, call)));
        all.put("ShiftTraffic", new IncrementingShift(parts));
        return new Actions(all);
    }

    World.Setup setup() {
        return setup;
    }

    int calls() {
        return calls.get();
    }

    List<String> log() {
        return List.copyOf(log);
    }

    Set<String> promotionIds() {
        return promotionIds;
    }

    boolean landing() {
        return pending.get() > 0;
    }

    void endOutages() {
        down.clear();
    }

    @Override
    public Json invoke(String functionName, Json json) throws FunctionError, Unanswered {
        Json.Obj payload = (Json.Obj) json;
        int index = calls.getAndIncrement();
        String action = payload.text("action");
        payload.findText("promotionId").ifPresent(promotionIds::add);
        String state = functionName + " " + action;
        if (down.contains(state)) {
            throw FunctionError.unavailable("outage");
        }
        Optional<Fault> fault = Optional.ofNullable(setup.plan().get(index));
        log.add(time.instant() + " " + index + " " + action
                + fault.map(found -> " " + found).orElse(""));
        if (fault.isEmpty()) {
            return run(functionName, payload);
        }
        return switch (fault.get()) {
            case BEFORE -> throw FunctionError.unavailable("before");
            case AFTER -> {
                run(functionName, payload);
                throw new FunctionError("States.Timeout", "the answer was lost");
            }
            case DOWN -> {
                down.add(state);
                throw FunctionError.unavailable("outage");
            }
            case ABORT_BEFORE -> {
                stop(payload);
                throw new Unanswered();
            }
            case ABORT_AFTER -> {
                run(functionName, payload);
                stop(payload);
                throw new Unanswered();
            }
            case DELAYED -> delayed(functionName, payload, action);
            case ZOMBIE -> {
                later(functionName, payload, Duration.ofSeconds(30));
                throw new FunctionError("States.Timeout", "no answer yet");
            }
            case CANCEL -> {
                cancel(payload);
                yield run(functionName, payload);
            }
            case CANCEL_ZOMBIE -> {
                cancel(payload);
                later(functionName, payload, Duration.ofSeconds(200));
                throw new Unanswered();
            }
            case DOUBLE -> {
                Json answer = run(functionName, payload);
                attempt(functionName, payload);
                yield answer;
            }
        };
    }

    private Json delayed(String functionName, Json.Obj payload, String action) throws FunctionError {
        if (MOVES.contains(action)) {
            target.delayNext();
            pending.incrementAndGet();
            time.after(Duration.ofSeconds(31), pending::decrementAndGet);
        }
        attempt(functionName, payload);
        target.forgetDelay();
        throw new FunctionError("States.Timeout", "no answer yet");
    }

    private void later(String functionName, Json.Obj payload, Duration delay) {
        pending.incrementAndGet();
        time.after(delay, () -> {
            pending.decrementAndGet();
            attempt(functionName, payload);
        });
    }

    private void attempt(String functionName, Json.Obj payload) {
        try {
            run(functionName, payload);
        } catch (RuntimeException fenced) {
            log.add(time.instant() + " refused: " + fenced.getMessage());
        }
    }

    private void cancel(Json.Obj payload) {
        payload.findText("promotionId").ifPresent(id -> {
            try {
                new CancelPromotion(parts).cancel(id, "changed my mind", World.ALICE);
            } catch (io.hallmark.core.failure.RegistryFailure over) {
                log.add("cancel refused: " + over.getMessage());
            }
        });
    }

    private void stop(Json.Obj payload) {
        String arn = payload.text("executionArn");
        Flows.Machine machine = payload.has("promotionId") ? Flows.Machine.PROMOTION : Flows.Machine.ROLLBACK;
        flows.stop(machine, arn.substring(arn.lastIndexOf(':') + 1), "Test.Aborted", "the plan says so");
    }

    private Json run(String functionName, Json.Obj payload) {
        StepCall call = new StepCall(
                payload.findText("promotionId")
                        .or(() -> payload.findText("rollbackId"))
                        .orElseThrow(),
                payload.text("executionArn"),
                payload.findText("state").orElse(""),
                payload.findInteger("attempt").orElse(0L),
                payload.findText("taskToken"));
        Actions actions = functionName.equals(DECIDE) ? decide : onTarget;
        return actions.run(payload.text("action"), call).json();
    }
}
