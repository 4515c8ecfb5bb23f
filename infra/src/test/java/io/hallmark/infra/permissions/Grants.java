package io.hallmark.infra.permissions;

import static io.hallmark.infra.Template.at;

import io.hallmark.infra.Template;
import io.hallmark.infra.Template.Resource;
import io.hallmark.infra.Template.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the template allows a function, in the words of {@link Needs}; and what it needs for how it is called. */
final class Grants {

    private static final Set<String> PER_ITEM = Set.of(
            "dynamodb:GetItem",
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:DeleteItem",
            "dynamodb:UpdateItem",
            "dynamodb:ConditionCheckItem");

    private static final String ANY = "*";

    private Grants() {}

    /** All that the role of a function allows. */
    static Set<String> of(Template template, String function) {
        Set<String> allowed = new TreeSet<>();
        template.statements(function + "Role").stream()
                .filter(Statement::allows)
                .forEach(statement -> add(statement, allowed));
        return allowed;
    }

    private static void add(Statement statement, Set<String> allowed) {
        for (Object resource : statement.resources()) {
            String name = name(resource);
            for (Object action : statement.actions()) {
                allowed.add(action + " on " + name);
                if (PER_ITEM.contains(action.toString())) {
                    String table = name.startsWith("Table/index") ? "Table/index" : name;
                    partitions(statement).forEach(each -> allowed.add("partition " + each + " of " + table));
                }
            }
        }
    }

    private static List<Object> partitions(Statement statement) {
        List<Object> keys =
                Template.list(at(statement.fields(), "Condition", "ForAllValues:StringLike", "dynamodb:LeadingKeys"));
        return keys.isEmpty() ? List.of(ANY) : keys;
    }

    /**
     * A resource as it is called here: the logical id for its ARN, {@code stateMachine:promotion} and
     * {@code execution:promotion} for what is written out, and everything else as it stands.
     */
    private static String name(Object resource) {
        String text = resource instanceof Map<?, ?> function
                ? function.containsKey("Fn::GetAtt")
                        ? "${" + function.get("Fn::GetAtt") + "}"
                        : String.valueOf(function.get("Fn::Sub"))
                : resource.toString();
        return text.replace("arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:", "")
                .replaceFirst("^(stateMachine|execution):\\$\\{AWS::StackName}-([a-z-]+)(:\\*)?$", "$1:$2")
                .replaceFirst("^\\$\\{(\\w+)\\.Arn}", "$1")
                .replaceFirst("^\\$\\{(\\w+\\.\\w+)}$", "$1");
    }

    /** What a function needs besides what its code does: to be called, to log, to be traced, and to lay down what fails. */
    static Set<String> surroundings(Resource function) {
        Set<String> needs = new TreeSet<>();
        on(needs, function.id() + "Logs", "logs:CreateLogStream", "logs:PutLogEvents");
        on(needs, ANY, "xray:PutTraceSegments", "xray:PutTelemetryRecords");
        if (function.has("DeadLetterQueue")) {
            on(needs, name(function.at("DeadLetterQueue", "TargetArn")), "sqs:SendMessage");
        }
        if (function.has("Events")) {
            Template.map(function.at("Events")).values().forEach(event -> woken(needs, event));
        }
        return needs;
    }

    /** Lambda polls queues and streams with the rights of the function; everything else calls it with its own. */
    private static void woken(Set<String> needs, Object event) {
        String type = at(event, "Type").toString();
        switch (type) {
            case "SQS" ->
                on(
                        needs,
                        name(at(event, "Properties", "Queue")),
                        "sqs:ReceiveMessage",
                        "sqs:DeleteMessage",
                        "sqs:GetQueueAttributes");
            case "DynamoDB" -> {
                on(
                        needs,
                        name(at(event, "Properties", "Stream")),
                        "dynamodb:DescribeStream",
                        "dynamodb:GetRecords",
                        "dynamodb:GetShardIterator",
                        "dynamodb:ListStreams");
                Object unheard = at(event, "Properties", "DestinationConfig", "OnFailure", "Destination");
                if (!unheard.equals("")) {
                    on(needs, name(unheard), "sqs:SendMessage");
                }
            }
            case "Schedule", "EventBridgeRule" -> {}
            default -> throw new AssertionError("Grants does not know what an event of type " + type + " needs");
        }
    }

    private static void on(Set<String> needs, String resource, String... actions) {
        List.of(actions).forEach(action -> needs.add(action + " on " + resource));
    }
}
