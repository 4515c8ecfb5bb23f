package io.hallmark.infra;

import java.util.LinkedHashMap;
import java.util.Map;

/** All rules, each by a sentence. */
final class Rules {

    static final Map<String, Rule> ALL = all();

    private Rules() {}

    private static Map<String, Rule> all() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        rules.put("no action is a star", PermissionRules::noActionIsAStar);
        rules.put("no resource is a star", PermissionRules::noResourceIsAStar);
        rules.put("every function has a role of its own", PermissionRules::everyFunctionHasARoleOfItsOwn);
        rules.put("no role uses a policy of somebody else", PermissionRules::noRoleUsesAPolicyOfSomebodyElse);
        rules.put(
                "every function is kept from unmaking history",
                PermissionRules::everyFunctionIsKeptFromUnmakingHistory);
        rules.put("services act for this account only", PermissionRules::servicesActForThisAccountOnly);
        rules.put("no request goes unsigned", PermissionRules::noRequestGoesUnsigned);
        rules.put("the machines may call their functions", PermissionRules::theMachinesMayCallTheirFunctions);
        rules.put("no route is open to everybody", PermissionRules::noRouteIsOpenToEverybody);
        rules.put(
                "every queue has dead letters or is where they lie",
                ReliabilityRules::everyQueueHasDeadLettersOrIsWhereTheyLie);
        rules.put("every message is tried often enough", ReliabilityRules::everyMessageIsTriedOftenEnough);
        rules.put("every function says where failed calls go", ReliabilityRules::everyFunctionSaysWhereFailedCallsGo);
        rules.put("every event has dead letters and retries", ReliabilityRules::everyEventHasDeadLettersAndRetries);
        rules.put(
                "a message stays invisible for six times the timeout",
                ReliabilityRules::aMessageStaysInvisibleForSixTimesTheTimeout);
        rules.put("the table is kept and can be restored", ReliabilityRules::theTableIsKeptAndCanBeRestored);
        rules.put("the table has the keys of the code", ReliabilityRules::theTableHasTheKeysOfTheCode);
        rules.put(
                "every bucket is kept versioned encrypted and closed",
                ReliabilityRules::everyBucketIsKeptVersionedEncryptedAndClosed);
        rules.put("digests cannot be deleted by anybody", ReliabilityRules::digestsCannotBeDeletedByAnybody);
        rules.put("the intake queue hears of uploads", ReliabilityRules::theIntakeQueueHearsOfUploads);
        rules.put("every function is a handler of the code", FunctionRules::everyFunctionIsAHandlerOfTheCode);
        rules.put("every handler of the code is a function", FunctionRules::everyHandlerOfTheCodeIsAFunction);
        rules.put("every function is set up on purpose", FunctionRules::everyFunctionIsSetUpOnPurpose);
        rules.put("every log is kept for a while and no longer", FunctionRules::everyLogIsKeptForAWhileAndNoLonger);
        rules.put("the hasher never runs at c1", FunctionRules::theHasherNeverRunsAtC1);
        rules.put(
                "the environment is what the functions read and nothing else",
                FunctionRules::theEnvironmentIsWhatTheFunctionsReadAndNothingElse);
        rules.put(
                "every state of every machine has its function role and log",
                FunctionRules::everyStateOfEveryMachineHasItsFunctionRoleAndLog);
        rules.put("every machine is deployed as it lies", FunctionRules::everyMachineIsDeployedAsItLies);
        rules.put("every stage is throttled", FunctionRules::everyStageIsThrottled);
        rules.put(
                "every parameter is described and every output too",
                FunctionRules::everyParameterIsDescribedAndEveryOutputToo);
        rules.put("the command line finds what it needs", FunctionRules::theCommandLineFindsWhatItNeeds);
        rules.put("every alarm has a section in the runbook", AlarmRules::everyAlarmHasASectionInTheRunbook);
        rules.put("every section of the runbook has an alarm", AlarmRules::everySectionOfTheRunbookHasAnAlarm);
        rules.put("every alarm tells somebody", AlarmRules::everyAlarmTellsSomebody);
        rules.put(
                "every metric that is watched is told by the code",
                AlarmRules::everyMetricThatIsWatchedIsToldByTheCode);
        rules.put("every metric of the code is watched", AlarmRules::everyMetricOfTheCodeIsWatched);
        return rules;
    }
}
