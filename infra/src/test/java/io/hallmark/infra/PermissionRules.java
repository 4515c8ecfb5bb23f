package io.hallmark.infra;

import static io.hallmark.infra.Template.at;
import static io.hallmark.infra.Template.list;

import io.hallmark.infra.Template.Resource;
import io.hallmark.infra.Template.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Least privilege: who may do what, to what, and on whose behalf. */
final class PermissionRules {

    /** Statements of which AWS knows no narrower form, with the place that says so. */
    private static final Map<String, Set<String>> EVERY_RESOURCE = Map.of(
            "Traces",
                    Set.of(
                            "xray:PutTraceSegments",
                            "xray:PutTelemetryRecords",
                            "xray:GetSamplingRules",
                            "xray:GetSamplingTargets"),
            "Logs",
                    Set.of(
                            "logs:CreateLogDelivery",
                            "logs:GetLogDelivery",
                            "logs:UpdateLogDelivery",
                            "logs:DeleteLogDelivery",
                            "logs:ListLogDeliveries",
                            "logs:PutResourcePolicy",
                            "logs:DescribeResourcePolicies",
                            "logs:DescribeLogGroups"),
            "Alarms", Set.of("cloudwatch:DescribeAlarms"),
            // In a key's policy the resource is the key itself; the account's own administrators decide further.
            "TheAccountDecides", Set.of("kms:*"));

    private PermissionRules() {}

    static List<String> noActionIsAStar(Template template) {
        return template.statements().stream()
                .filter(Statement::allows)
                .filter(statement -> statement.actions().stream()
                        .anyMatch(action -> action.toString().contains("*")))
                .filter(statement ->
                        !EVERY_RESOURCE.getOrDefault(statement.sid(), Set.of()).contains("kms:*"))
                .map(statement -> statement.place() + " may do " + statement.actions())
                .toList();
    }

    static List<String> noResourceIsAStar(Template template) {
        return template.statements().stream()
                .filter(Statement::allows)
                .filter(statement -> statement.resources().contains("*"))
                .filter(statement ->
                        !EVERY_RESOURCE.getOrDefault(statement.sid(), Set.of()).containsAll(statement.actions()))
                .map(statement -> statement.place() + " may do " + statement.actions() + " to everything")
                .toList();
    }

    static List<String> everyFunctionHasARoleOfItsOwn(Template template) {
        Set<Object> taken = new HashSet<>();
        return template.functions().stream()
                .filter(function -> !taken.add(function.at("Role"))
                        || !function.at("Role").equals(Map.of("Fn::GetAtt", function.id() + "Role.Arn")))
                .map(function -> function.id() + " runs as " + function.at("Role"))
                .toList();
    }

    static List<String> noRoleUsesAPolicyOfSomebodyElse(Template template) {
        return template.of("AWS::IAM::Role").stream()
                .filter(role -> role.has("ManagedPolicyArns"))
                .map(role -> role.id() + " takes over " + role.at("ManagedPolicyArns"))
                .toList();
    }

    static List<String> everyFunctionIsKeptFromUnmakingHistory(Template template) {
        return template.functions().stream()
                .filter(function -> !denies(template, function, "dynamodb:DeleteItem")
                        || !denies(template, function, "dynamodb:UpdateItem")
                        || !denies(template, function, "s3:DeleteObjectVersion")
                        || !denies(template, function, "s3:BypassGovernanceRetention")
                        || !denies(template, function, "s3:PutBucketVersioning"))
                .map(Resource::id)
                .toList();
    }

    private static boolean denies(Template template, Resource function, String action) {
        return template.statements(function.id() + "Role").stream()
                .anyMatch(
                        statement -> !statement.allows() && statement.actions().contains(action));
    }

    /** A service acts for this account only: SourceAccount, and SourceArn where the service gives one. */
    static List<String> servicesActForThisAccountOnly(Template template) {
        Stream<String> statements = template.statements().stream()
                .filter(Statement::allows)
                .filter(statement -> at(statement.fields(), "Principal", "Service") instanceof String service
                        && !service.isEmpty()
                        // Lambda gives no source when it takes on a function's role.
                        && !service.equals("lambda.amazonaws.com"))
                .filter(statement ->
                        !String.valueOf(statement.fields().get("Condition")).contains("aws:SourceAccount"))
                .map(statement -> statement.place() + " trusts " + at(statement.fields(), "Principal", "Service"));
        Stream<String> permissions = template.of("AWS::Lambda::Permission").stream()
                .filter(permission -> !permission.has("SourceAccount") || !permission.has("SourceArn"))
                .map(permission -> permission.id() + " does not say for whom");
        return Stream.concat(statements, permissions).toList();
    }

    static List<String> noRequestGoesUnsigned(Template template) {
        return template.of("AWS::ApiGatewayV2::Route").stream()
                .filter(route -> !List.of("AWS_IAM", "JWT").contains(route.at("AuthorizationType"))
                        || route.at("AuthorizationType").equals("JWT") && !route.has("AuthorizerId"))
                .map(route -> route.id() + " asks nobody who they are")
                .toList();
    }

    static List<String> theMachinesMayCallTheirFunctions(Template template) {
        return template.of("AWS::Serverless::StateMachine").stream()
                .filter(machine -> !template.statements(machine.id() + "Role").stream()
                        .filter(statement -> statement.actions().contains("lambda:InvokeFunction"))
                        .map(statement -> Set.copyOf(statement.resources()))
                        .toList()
                        .equals(List.of(Set.copyOf(Template.map(machine.at("DefinitionSubstitutions"))
                                .values()))))
                .map(machine -> machine.id() + " may not call just the functions of its definition")
                .toList();
    }

    static List<String> noRouteIsOpenToEverybody(Template template) {
        return template.statements().stream()
                .filter(Statement::allows)
                .filter(statement ->
                        list(statement.fields().getOrDefault("Principal", "")).contains("*"))
                .map(statement -> statement.place() + " lets everybody in")
                .toList();
    }
}
