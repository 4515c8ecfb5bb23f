package io.hallmark.handlers.delivery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.service.DeliverOutbox;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table's stream tells of new messages in the outbox. Delivers what waits for their models, in order; records whose
 * model still waits afterwards are named, so that the stream comes again from the first of them. Told twice, or of a
 * message that somebody else has delivered, it finds nothing to do.
 */
public final class DeliverHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

    private final DeliverOutbox outbox;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public DeliverHandler() {
        this(AwsPlace.here().everything().outbox());
        Snapshot.rehearse(() -> AwsPlace.rehearsal().everything().outbox());
    }

    public DeliverHandler(DeliverOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, @Nullable Context context) {
        List<OutboxRecord> records =
                event.getRecords().stream().flatMap(OutboxRecord::of).toList();
        Set<ModelName> waiting =
                outbox.deliver(records.stream().map(OutboxRecord::model).collect(Collectors.toSet()));
        List<StreamsEventResponse.BatchItemFailure> failures = new ArrayList<>();
        records.stream()
                .filter(each -> waiting.contains(each.model()))
                .forEach(each -> failures.add(new StreamsEventResponse.BatchItemFailure(each.sequenceNumber())));
        return new StreamsEventResponse(failures);
    }
}
