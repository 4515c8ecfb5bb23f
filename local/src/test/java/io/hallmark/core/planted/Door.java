package io.hallmark.core.planted;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Planted: a handler with another name, in another room. */
public final class Door implements RequestHandler<String, String> {

    @Override
    public String handleRequest(String input, Context context) {
        return input;
    }
}
