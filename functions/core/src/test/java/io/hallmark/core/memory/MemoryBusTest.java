package io.hallmark.core.memory;

import io.hallmark.core.store.Bus;
import io.hallmark.core.store.BusContract;
import java.util.List;
import java.util.function.Predicate;

class MemoryBusTest extends BusContract {

    private final MemoryBus bus = new MemoryBus();

    @Override
    protected Bus bus() {
        return bus;
    }

    @Override
    protected List<Bus.DomainEvent> arrived(Predicate<List<Bus.DomainEvent>> enough) {
        return bus.published();
    }
}
