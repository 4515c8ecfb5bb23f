package io.hallmark.infra;

import java.util.List;

/**
 * A template in which one thing was made worse.
 *
 * @param rule that has to notice
 * @param from a text of the template, all of whose occurrences become {@code to}
 */
record Spoiled(String rule, String sentence, String from, String to) {

    static final List<Spoiled> ALL = List.of(
            new Spoiled(
                    "no action is a star",
                    "a function may do everything with objects",
                    "Action: [s3:GetObject, s3:GetObjectVersion, s3:PutObject]",
                    "Action: [\"s3:*\"]"),
            new Spoiled(
                    "no resource is a star",
                    "a function may start anything",
                    "                Action: [events:PutEvents]\n                Resource: !GetAtt EventBus.Arn",
                    "                Action: [events:PutEvents]\n                Resource: \"*\""),
            new Spoiled(
                    "every function has a role of its own",
                    "two functions share a role",
                    "Role: !GetAtt TargetRole.Arn",
                    "Role: !GetAtt DecideRole.Arn"),
            new Spoiled(
                    "no role uses a policy of somebody else",
                    "a role takes over a managed policy",
                    "        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]\n",
                    "        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]\n      ManagedPolicyArns: [\"arn:aws:iam::aws:policy/PowerUserAccess\"]\n"),
            new Spoiled(
                    "every function is kept from unmaking history",
                    "a function could delete audit entries",
                    "dynamodb:DeleteItem, dynamodb:UpdateItem, dynamodb:PartiQLDelete",
                    "dynamodb:PartiQLDelete"),
            new Spoiled(
                    "services act for this account only",
                    "the API of another account could call the function",
                    "      SourceAccount: !Ref AWS::AccountId\n",
                    ""),
            new Spoiled(
                    "no request goes unsigned",
                    "a route asks nobody who they are",
                    "AuthorizationType: AWS_IAM",
                    "AuthorizationType: NONE"),
            new Spoiled(
                    "the machines may call their functions",
                    "a machine may not call one of its functions",
                    "                  - !Ref Decide.Alias\n                  - !Ref Target.Alias\n",
                    "                  - !Ref Decide.Alias\n"),
            new Spoiled(
                    "no route is open to everybody",
                    "a bucket lets everybody in",
                    "          - Sid: TlsOfToday\n            Effect: Deny",
                    "          - Sid: TlsOfToday\n            Effect: Allow"),
            new Spoiled(
                    "every queue has dead letters or is where they lie",
                    "the intake queue drops what nobody can take",
                    "      RedrivePolicy: {deadLetterTargetArn: !GetAtt IntakeDeadLetters.Arn, maxReceiveCount: 5}\n",
                    ""),
            new Spoiled(
                    "every message is tried often enough",
                    "the intake queue gives up at once",
                    "maxReceiveCount: 5",
                    "maxReceiveCount: 1"),
            new Spoiled(
                    "every function says where failed calls go",
                    "failed calls of a function go nowhere",
                    "      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt DeadLetters.Arn}\n",
                    ""),
            new Spoiled(
                    "every event has dead letters and retries",
                    "a schedule that fails is forgotten",
                    "            DeadLetterConfig: {Arn: !GetAtt DeadLetters.Arn}\n",
                    ""),
            new Spoiled(
                    "a message stays invisible for six times the timeout",
                    "a message comes back while it is worked on",
                    "VisibilityTimeout: 1800",
                    "VisibilityTimeout: 300"),
            new Spoiled(
                    "the table is kept and can be restored",
                    "the table can be deleted",
                    "DeletionProtectionEnabled: true",
                    "DeletionProtectionEnabled: false"),
            new Spoiled(
                    "the table has the keys of the code",
                    "an index has another key",
                    "{AttributeName: gsi2sk, KeyType: RANGE}",
                    "{AttributeName: sk, KeyType: RANGE}"),
            new Spoiled(
                    "every bucket is kept versioned encrypted and closed",
                    "a bucket can be made public",
                    "RestrictPublicBuckets: true",
                    "RestrictPublicBuckets: false"),
            new Spoiled(
                    "every bucket is kept versioned encrypted and closed",
                    "a bucket speaks without TLS",
                    "Condition: {Bool: {\"aws:SecureTransport\": \"false\"}}",
                    "Condition: {Bool: {\"aws:SecureTransport\": \"true\"}}"),
            new Spoiled(
                    "digests cannot be deleted by anybody",
                    "an administrator could delete digests",
                    "Mode: COMPLIANCE",
                    "Mode: GOVERNANCE"),
            new Spoiled(
                    "the intake queue hears of uploads",
                    "uploads are not announced",
                    "Value: incoming/",
                    "Value: uploads/"),
            new Spoiled(
                    "every function is a handler of the code",
                    "a function runs a class that is not there",
                    "promotion.TargetHandler",
                    "promotion.TargetsHandler"),
            new Spoiled(
                    "every handler of the code is a function",
                    "a door of the code is not deployed",
                    "Handler: io.hallmark.handlers.sweep.SweepHandler",
                    "Handler: io.hallmark.handlers.promotion.DecideHandler"),
            new Spoiled(
                    "every function is set up on purpose",
                    "the runtime is at its end",
                    "Runtime: java25",
                    "Runtime: java11"),
            new Spoiled(
                    "every log is kept for a while and no longer",
                    "a log is kept for ever",
                    "      RetentionInDays: !Ref LogRetentionDays\n",
                    ""),
            new Spoiled(
                    "the hasher never runs at c1",
                    "the hasher loses its option",
                    "          _JAVA_OPTIONS: \"-XX:TieredStopAtLevel=4\"\n",
                    ""),
            new Spoiled(
                    "the environment is what the functions read and nothing else",
                    "a variable is missing",
                    "        HALLMARK_EVENT_BUS: !Ref EventBus\n",
                    ""),
            new Spoiled(
                    "every state of every machine has its function role and log",
                    "a state calls a function without a log",
                    "\n  TargetLogs:\n",
                    "\n  TargetsLogs:\n"),
            new Spoiled(
                    "every machine is deployed as it lies",
                    "a placeholder stays empty",
                    "        TargetFunctionArn: !Ref Target.Alias\n",
                    ""),
            new Spoiled(
                    "every stage is throttled",
                    "a stage takes any number of requests",
                    "        ThrottlingRateLimit: !Ref RequestsPerSecond\n",
                    ""),
            new Spoiled(
                    "every parameter is described and every output too",
                    "a parameter takes anything",
                    "    AllowedValues: [dev, prod]\n",
                    ""),
            new Spoiled(
                    "the command line finds what it needs",
                    "the address of the API is not told",
                    "\n  ApiUrl:\n",
                    "\n  Url:\n"),
            new Spoiled(
                    "every alarm has a section in the runbook",
                    "an alarm sends nowhere",
                    "docs/runbook.md#the-outbox-waits",
                    "docs/runbook.md#the-outbox-weights"),
            new Spoiled(
                    "every section of the runbook has an alarm",
                    "nobody is sent to a section of the runbook",
                    "docs/runbook.md#uploads-wait",
                    "docs/runbook.md#the-outbox-waits"),
            new Spoiled(
                    "every alarm tells somebody",
                    "an alarm tells nobody",
                    "      AlarmActions: [!Ref AlarmTopic]\n",
                    ""),
            new Spoiled(
                    "every metric that is watched is told by the code",
                    "an alarm watches what nobody tells",
                    "MetricName: StuckPromotions",
                    "MetricName: StickyPromotions"),
            new Spoiled(
                    "every metric of the code is watched",
                    "a metric is watched by nobody",
                    "HashRateMBps",
                    "BytesHashed"));

    String text() {
        String whole = Template.text(Template.FILE);
        if (!whole.contains(from)) {
            throw new AssertionError("the template does not say any more: " + from);
        }
        return whole.replace(from, to);
    }
}
