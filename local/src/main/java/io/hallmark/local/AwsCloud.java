package io.hallmark.local;

import io.hallmark.cli.CliFailure;
import io.hallmark.cli.Cloud;
import io.hallmark.cli.ExitCode;
import io.hallmark.client.Authorization;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.handlers.wiring.AccountAccess;
import java.util.Map;
import java.util.function.Supplier;

/** AWS for the command line. Nothing of the SDK is loaded before a command asks for it. */
public final class AwsCloud implements Cloud {

    private final Map<String, String> environment;

    /** With the variables of this environment; the SDK also reads its own. */
    public AwsCloud(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Stack stack(Account account, String name) {
        return said(() -> {
            AccountAccess access = AccountAccess.of(environment, account.region(), account.profile());
            AccountAccess.Stack stack = access.stack(name);
            return new Stack(stack.status(), access.region(), stack.outputs());
        });
    }

    @Override
    public Authorization signing(Account account) {
        AccountAccess access = said(() -> AccountAccess.of(environment, account.region(), account.profile()));
        return (method, address, contentType, body) ->
                said(() -> access.apiHeaders(method, address, contentType, body));
    }

    private static <T> T said(Supplier<T> call) {
        try {
            return call.get();
        } catch (RegistryFailure failure) {
            throw new CliFailure(exit(failure), String.valueOf(failure.getMessage()));
        }
    }

    private static ExitCode exit(RegistryFailure failure) {
        if (failure instanceof RegistryFailure.NotFound) {
            return ExitCode.NOT_FOUND;
        }
        if (failure instanceof RegistryFailure.NotAllowed) {
            return ExitCode.NOT_ALLOWED;
        }
        return failure instanceof RegistryFailure.Malformed ? ExitCode.USAGE : ExitCode.UNAVAILABLE;
    }
}
