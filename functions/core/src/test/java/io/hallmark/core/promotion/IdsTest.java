package io.hallmark.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import org.junit.jupiter.api.Test;

class IdsTest {

    private static final ModelName FRAUD = new ModelName("fraud");
    private static final TargetName EU = new TargetName("eu-prod");

    @Test
    void aPromotionIsNamedByWhatItIsAskedFor() {
        String id = Ids.promotion(FRAUD, EU, new VersionNumber(7), new Sha256("ab".repeat(32)), "key-1");

        assertThat(id).isEqualTo("q2ylbcy6decpaznhd72rgsvj73");
        assertThat(Ids.promotionExecution(id)).isEqualTo("p-q2ylbcy6decpaznhd72rgsvj73");
        assertThat(Ids.promotionOfExecution(Ids.promotionExecution(id))).contains(id);
    }

    @Test
    void anEmergencyIsNamedByTheFenceItTakes() {
        String id = Ids.emergency(FRAUD, EU, 3);

        assertThat(id).isEqualTo("rb-we7okbord3fk6lrpcctgca7txp");
        assertThat(Ids.rollbackExecution(id, 2)).isEqualTo("rb-we7okbord3fk6lrpcctgca7txp-2");
        assertThat(Ids.rollbackOfExecution("rb-we7okbord3fk6lrpcctgca7txp-2")).contains(id);
    }

    @Test
    void theExecutionOfOneMachineIsNoneOfTheOther() {
        assertThat(Ids.rollbackOfExecution("p-q2ylbcy6decpaznhd72rgsvj73")).isEmpty();
        assertThat(Ids.promotionOfExecution("rb-q2ylbcy6decpaznhd72rgsvj73-1")).isEmpty();
    }
}
