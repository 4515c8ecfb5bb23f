package io.hallmark.cli;

import io.hallmark.client.Authorization;
import java.util.Map;
import java.util.Optional;

/** The account in which a registry runs, as far as commands need it. Every failure is a {@link CliFailure}. */
public interface Cloud {

    /** What a deployed stack says of itself. */
    Stack stack(Account account, String name);

    /** Signs requests to the API of a registry with the caller's own credentials. */
    Authorization signing(Account account);

    /**
     * Which account, as whom.
     *
     * @param region empty for the usual one
     * @param profile empty for the usual credentials
     */
    record Account(Optional<String> region, Optional<String> profile) {}

    /**
     * A stack.
     *
     * @param status as CloudFormation names it
     * @param region in which it is
     */
    record Stack(String status, String region, Map<String, String> outputs) {

        public Stack {
            outputs = Map.copyOf(outputs);
        }
    }

    /** No cloud at all. */
    static Cloud none() {
        return new Cloud() {
            @Override
            public Stack stack(Account account, String name) {
                throw missing();
            }

            @Override
            public Authorization signing(Account account) {
                throw missing();
            }

            private CliFailure missing() {
                return new CliFailure(ExitCode.USAGE, "this program was built without AWS");
            }
        };
    }
}
