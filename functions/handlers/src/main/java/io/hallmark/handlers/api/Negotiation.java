package io.hallmark.handlers.api;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the API speaks: JSON in, in places YAML (RFC 9512), and JSON out (RFC 9110 sections 8.3 and 12.5.1). */
final class Negotiation {

    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";

    private Negotiation() {}

    /** Refuses a body that is neither JSON nor, where that is taken, YAML (415) and a caller that takes no JSON (406). */
    static void check(ApiRequest request, boolean yaml) {
        Set<String> taken = yaml ? Set.of(JSON, YAML) : Set.of(JSON);
        if (!request.body().isEmpty()
                && !is(taken, request.header("content-type").orElse(""))) {
            String sentence = "the body has to be " + (yaml ? JSON + " or " + YAML : JSON);
            throw new HttpRefusal(415, "MEDIA_TYPE", sentence, Map.of("accept", yaml ? JSON + ", " + YAML : JSON));
        }
        String encoding = request.header("content-encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new HttpRefusal(415, "MEDIA_TYPE", "the body may not be compressed", Map.of());
        }
        if (!takesJson(request.header("accept").orElse("*/*"))) {
            throw new HttpRefusal(406, "NOT_ACCEPTABLE", "the registry answers application/json", Map.of());
        }
    }

    private static boolean is(Set<String> taken, String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        boolean known = taken.contains(parts[0].strip());
        boolean utf8 = true;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            utf8 &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        return known && utf8;
    }

    private static boolean takesJson(String accept) {
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.split(";", -1);
            String type = parts[0].strip();
            boolean ours = type.isEmpty()
                    || type.equals("*/*")
                    || type.equals("application/*")
                    || type.equals("application/json")
                    || type.equals(Problems.MEDIA_TYPE);
            boolean refused = range.replace(" ", "").matches(".*;q=0(\\.0{1,3})?(;.*)?");
            if (ours && !refused) {
                return true;
            }
        }
        return false;
    }
}
