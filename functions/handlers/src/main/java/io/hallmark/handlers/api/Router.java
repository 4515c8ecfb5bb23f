package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route for a request and turns every failure into a problem document; it never throws. */
public final class Router {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final List<Entry> entries;

    private record Entry(Routes.Route route, PathTemplate template) {}

    private record Hit(Entry entry, Map<String, String> variables) {}

    /** Routes of all groups together. Where two templates fit a path, the one with more literal parts answers. */
    public Router(List<Routes> groups) {
        List<Entry> all = new ArrayList<>();
        for (Routes group : groups) {
            for (Routes.Route route : group.routes()) {
                all.add(new Entry(route, PathTemplate.parse(route.template())));
            }
        }
        all.sort(Comparator.comparingInt(entry -> -entry.template().literals()));
        this.entries = List.copyOf(all);
    }

    /** Method and template of every route, such as {@code GET /v1/models/{model}}. */
    public List<String> routes() {
        return entries.stream()
                .map(entry -> entry.route().method() + " " + entry.route().template())
                .sorted()
                .toList();
    }

    /** Answers a request, whatever it is. */
    public ApiResponse answer(ApiRequest request) {
        try {
            Hit hit = find(request);
            Negotiation.check(request, hit.entry().route().yaml());
            return hit.entry().route().endpoint().answer(request, hit.variables());
        } catch (RegistryFailure failure) {
            LOG.info("{} {} refused: {}", request.requestId(), request.method(), failure.code());
            return Problems.of(failure, request);
        } catch (HttpRefusal refusal) {
            return Problems.of(refusal, request);
        } catch (RuntimeException unforeseen) {
            LOG.error("{} {} {} failed", request.requestId(), request.method(), request.path(), unforeseen);
            return Problems.unexpected(request);
        }
    }

    private Hit find(ApiRequest request) {
        List<Hit> hits = hits(request.path());
        Optional<Hit> hit = hits.stream()
                .filter(each -> each.entry().route().method().equals(request.method()))
                .findFirst();
        if (hit.isPresent()) {
            return hit.get();
        }
        if (hits.isEmpty()) {
            throw new RegistryFailure.NotFound("route", "for this path");
        }
        TreeSet<String> allowed = new TreeSet<>();
        hits.forEach(each -> allowed.add(each.entry().route().method()));
        String methods = String.join(", ", allowed);
        throw new HttpRefusal(405, "METHOD_NOT_ALLOWED", "this path takes " + methods, Map.of("allow", methods));
    }

    private List<Hit> hits(String rawPath) {
        List<String> segments = PathTemplate.segments(rawPath).orElse(List.of()).stream()
                .map(Percent::segment)
                .toList();
        List<Hit> hits = new ArrayList<>();
        for (Entry entry : entries) {
            entry.template().match(segments).ifPresent(variables -> hits.add(new Hit(entry, variables)));
        }
        return hits;
    }
}
