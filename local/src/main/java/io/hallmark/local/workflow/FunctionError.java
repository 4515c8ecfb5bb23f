package io.hallmark.local.workflow;

/** A function failed, or could not be called. */
public final class FunctionError extends Exception {

    private static final long serialVersionUID = 1L;

    private final String errorType;

    /**
     * As Lambda reports it.
     *
     * @param errorType the class name of what the function threw, or an error of the service such as {@code
     *     Lambda.ServiceException}: what {@code ErrorEquals} is compared with
     */
    public FunctionError(String errorType, String message) {
        super(message);
        this.errorType = errorType;
    }

    /** The service could not call the function at all; retriers usually answer to this. */
    public static FunctionError unavailable(String message) {
        return new FunctionError("Lambda.ServiceException", message);
    }

    /** There is no such function. */
    public static FunctionError notFound(String functionName) {
        return new FunctionError("Lambda.ResourceNotFoundException", "Function not found: " + functionName);
    }

    public String errorType() {
        return errorType;
    }
}
