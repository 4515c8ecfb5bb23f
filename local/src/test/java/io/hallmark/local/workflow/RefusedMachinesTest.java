package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.local.workflow.asl.Definition;
import io.hallmark.local.workflow.asl.DefinitionRefused;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not played is refused by its name when a machine is loaded, not left out when it is played. */
class RefusedMachinesTest {

    private static final String TASK =
            "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','Parameters':{'FunctionName':'f'}";

    private static DefinitionRefused refused(String machine, Map<String, String> substitutions) {
        try {
            Definition.read(Played.json(machine), substitutions);
        } catch (DefinitionRefused refused) {
            return refused;
        }
        throw new AssertionError("was read: " + machine);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "{'Type':'Map','ItemProcessor':{'ProcessorConfig':{'Mode':'INLINE'},'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}},'End':true} | S: ProcessorConfig: the Mode INLINE is not played; DISTRIBUTED is",
                "{'Type':'Map','ItemReader':{},'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}},'End':true} | S: the field ItemReader is not played",
                "{'Type':'Parallel','End':true}                              | S: the state type Parallel is not played",
                "{'Type':'Pass','Assign':{},'End':true}                      | S: the field Assign is not played",
                "{'Type':'Pass','QueryLanguage':'JSONata','End':true}        | S: the QueryLanguage JSONata is not played",
                "{'Type':'Pass','Parameters':{'a.$':'States.UUID()'},'End':true} | S: Parameters: the intrinsic function States.UUID() is not played",
                "{'Type':'Pass','InputPath':'$..a','End':true}               | S: InputPath: the path $..a is no reference path: ..a names no single node",
                "{'Type':'Pass','InputPath':'$.a[*]','End':true}             | S: InputPath: the path $.a[*] is no reference path: [*] names no single node",
                "{'Type':'Pass','InputPath':'$$.Execution.RoleArn','End':true} | S: InputPath: the context path $$.Execution.RoleArn is not played",
                "{'Type':'Pass','ResultPath':'$.a[0]','End':true}            | S: ResultPath $.a[0] is not played; fields below $ are",
                "{'Type':'Pass'}                                             | S: a state has Next or End",
                "{'Type':'Pass','Next':'Gone'}                               | S: there is no state Gone",
                "{'Type':'Wait','End':true}                                  | S: a Wait has exactly one of Seconds, SecondsPath, Timestamp and TimestampPath, not 0",
                "{'Type':'Wait','Seconds':1.5,'End':true}                    | S: Seconds is 1.5; a whole number from 0 to 99999999",
                "{'Type':'Fail','ErrorPath':'$.e'}                           | S: the field ErrorPath is not played",
                "{'Type':'Choice','Choices':[]}                              | S: Choices is empty",
                "{'Type':'Choice','Choices':[{'Variable':'$.a','Next':'S'}]} | S: a rule compares exactly once, this one 0 times",
                "{'Type':'Choice','Choices':[{'Variable':'$.a','StringEquals':1,'Next':'S'}]} | S: StringEquals compares with a number",
                "{'Type':'Choice','Choices':[{'Variable':'$.a','IsNull':true,'Assign':{},'Next':'S'}]} | S: the field Assign is not played",
            })
    void aStateThatIsNotPlayedIsRefusedByName(String state, String sentence) {
        assertThat(refused("{'StartAt':'S','States':{'S':" + state + "}}", Map.of())
                        .problems())
                .contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "'Credentials':{}                                            | S: the field Credentials is not played",
                "'ResultWriter':{}                                           | S: the field ResultWriter is not played",
                "'HeartbeatSecondsPath':'$.a'                                | S: the field HeartbeatSecondsPath is not played",
                "'TimeoutSeconds':0                                          | S: TimeoutSeconds is 0; a whole number from 1 to 99999999",
                "'TimeoutSeconds':1,'TimeoutSecondsPath':'$.a'               | S: TimeoutSeconds and TimeoutSecondsPath exclude each other",
                "'Retry':[{'ErrorEquals':['States.ALL','A']}]                | S: Retry: States.ALL stands alone, and last",
                "'Catch':[{'ErrorEquals':['States.ALL'],'Next':'S'},{'ErrorEquals':['A'],'Next':'S'}] | S: Catch: States.ALL stands alone, and last",
                "'Retry':[{'ErrorEquals':['A'],'BackoffRate':0.5}]           | S: Retry: BackoffRate is 0.5; at least 1.0",
                "'Retry':[{'ErrorEquals':['A'],'JitterStrategy':'HALF'}]     | S: Retry: the JitterStrategy HALF is not played",
                "'Retry':[{'ErrorEquals':[]}]                                | S: Retry: ErrorEquals is empty",
                "'Retry':[{}]                                                | S: Retry: the field ErrorEquals is missing",
            })
    void aTaskThatIsNotPlayedIsRefusedByName(String field, String sentence) {
        assertThat(refused("{'StartAt':'S','States':{'S':{" + TASK + ",'End':true," + field + "}}}", Map.of())
                        .problems())
                .contains(sentence);
    }

    @Test
    void resourcesAndParametersThatAreNotPlayedAreRefusedByName() {
        assertThat(refused(
                                "{'StartAt':'S','States':{'S':{'Type':'Task','Resource':'arn:aws:states:::sns:publish',"
                                        + "'Parameters':{'FunctionName':'f','InvocationType':'Event'},'End':true}}}",
                                Map.of())
                        .problems())
                .containsExactly(
                        "S: the resource arn:aws:states:::sns:publish is not played",
                        "S: the parameter InvocationType is not played");
    }

    @Test
    void aMachineWithoutStatesOrStartIsRefused() {
        assertThat(refused("{}", Map.of()).problems())
                .contains("machine: the field StartAt is missing", "machine: the field States is missing");
        assertThat(refused("{'StartAt':'S','Version':'2.0','ProcessorConfig':{},'States':{}}", Map.of())
                        .problems())
                .contains(
                        "machine: the Version 2.0 is not played",
                        "machine: the field ProcessorConfig is not played",
                        "machine: there is no state S");
    }

    @Test
    void aSubstitutionWithoutValueIsRefused() {
        String machine = "{'StartAt':'S','States':{'S':{'Type':'Fail','Error':'${Name}'}}}";
        assertThat(refused(machine, Map.of()).problems()).containsExactly("nothing stands for ${Name}");
        assertThat(Definition.read(Played.json(machine), Map.of("Name", "Mine")).stateNames())
                .containsExactly("S");
    }

    @Test
    void aNameOfAnExecutionIsShortAndPlain() {
        Episode episode = new Episode();
        assertThatThrownBy(() -> episode.flows().describe(io.hallmark.core.store.Flows.Machine.PROMOTION, "a#b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a name of an execution: a#b");
    }
}
