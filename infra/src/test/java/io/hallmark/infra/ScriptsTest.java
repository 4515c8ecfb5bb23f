package io.hallmark.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts with an {@code aws} and a {@code mvn} in place of the real ones, which write down how they are called. */
class ScriptsTest {

    @TempDir
    Path folder;

    private record Ended(int exit, String out, String err) {}

    @BeforeEach
    void programs() throws IOException {
        program("aws", """
                #!/bin/sh
                echo "aws $*" >> "$CALLS"
                case "$*" in
                    "sts get-caller-identity"*) echo 123456789012 ;;
                    *describe-stacks*) echo "$*" | sed "s/.*OutputKey=='\\([A-Za-z]*\\)'.*/the-\\1/" ;;
                    *list-object-versions*the-ArtifactBucket*)
                        if [ ! -f "$CALLS.emptied" ]; then
                            touch "$CALLS.emptied"
                            echo '{"Objects": [{"Key": "a", "VersionId": "1"}]}'
                        else
                            echo '{"Objects": []}'
                        fi ;;
                    *list-object-versions*) echo '{"Objects": []}' ;;
                esac
                """);
        program("mvn", "#!/bin/sh\necho \"mvn $*\" >> \"$CALLS\"\n");
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(String script, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Path.of(script).toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATH", folder + ":/usr/bin:/bin");
        builder.environment().put("CALLS", folder.resolve("calls").toString());
        builder.environment().put("AWS_REGION", "eu-central-1");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        int exit = builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Ended(exit, Files.readString(out), Files.readString(err));
    }

    private String calls() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readString(calls, StandardCharsets.UTF_8) : "";
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "smoke", "teardown"})
    void eachSaysHowItIsUsedAndDoesNothing(String script) throws Exception {
        Ended help = run(script, "--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).startsWith("Usage: infra/" + script);
        assertThat(run(script).exit()).isEqualTo(2);
        assertThat(calls()).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefusedInOneSentence() throws Exception {
        assertThat(run("deploy", "staging").err()).isEqualTo("deploy: there is no stage staging; dev and prod are\n");
        assertThat(run("deploy", "dev", "--force").err()).isEqualTo("deploy: unknown option --force\n");
        assertThat(run("deploy", "dev", "Stage=prod").exit()).isEqualTo(2);
        assertThat(run("teardown", "a", "b").err()).isEqualTo("teardown: one stack at a time, not a and b\n");
        assertThat(run("teardown", "--delete-data").err()).isEqualTo("teardown: which stack?\n");
        assertThat(run("smoke", "--fast").err()).isEqualTo("smoke: unknown option --fast\n");
        assertThat(run("smoke", "--token").err()).isEqualTo("smoke: which stack?\n");
        assertThat(calls()).isEmpty();
    }

    @Test
    void theStoryIsPlayedAgainstTheStackThatIsNamed() throws Exception {
        assertThat(run("smoke", "hallmark-dev", "--token").exit()).isZero();
        assertThat(calls()).contains("-Dtest=EndToEndTest", "-Dstack=hallmark-dev -Dstack.auth=token");
    }

    @Test
    void aDeploymentBuildsPackagesAndDeploysWithTheParametersGiven() throws Exception {
        Ended deployed = run("deploy", "prod", "JwtIssuer=https://issuer.example", "LogRetentionDays=365");
        assertThat(deployed.exit()).as(deployed.err()).isZero();
        assertThat(calls())
                .containsSubsequence(
                        "mvn -q -B -Dfast -DskipTests",
                        "aws cloudformation package --template-file",
                        "--s3-bucket hallmark-packages-123456789012-eu-central-1",
                        "aws cloudformation deploy",
                        "--stack-name hallmark-prod",
                        "--parameter-overrides Stage=prod JwtIssuer=https://issuer.example LogRetentionDays=365");
    }

    @Test
    void aDryRunChangesNothing() throws Exception {
        Ended dry = run("deploy", "dev", "--dry-run");
        assertThat(dry.exit()).as(dry.err()).isZero();
        assertThat(dry.err()).contains("+ aws cloudformation deploy");
        assertThat(run("teardown", "hallmark-dev", "--delete-data", "--dry-run").exit())
                .isZero();
        assertThat(calls())
                .doesNotContain(
                        "mvn",
                        "cloudformation deploy",
                        "cloudformation package",
                        "delete-stack",
                        "delete-objects",
                        "delete-table",
                        "s3 rb");
    }

    @Test
    void aTeardownLeavesTheDataAndSaysWhere() throws Exception {
        Ended down = run("teardown", "hallmark-dev");
        assertThat(down.exit()).as(down.err()).isZero();
        assertThat(down.err())
                .contains("left behind: table the-Table, buckets the-ArtifactBucket, the-RegistryBucket and"
                        + " the-DigestBucket, key the-DigestKey");
        assertThat(calls()).contains("delete-stack").doesNotContain("delete-objects", "delete-table", "s3 rb");
    }

    @Test
    void onlyWhenToldToItDeletesArtifactsAndTableButNeverDigests() throws Exception {
        Ended down = run("teardown", "hallmark-dev", "--delete-data");
        assertThat(down.exit()).as(down.err()).isZero();
        assertThat(calls())
                .contains(
                        "delete-objects --bucket the-ArtifactBucket",
                        "s3 rb s3://the-ArtifactBucket",
                        "s3 rb s3://the-RegistryBucket",
                        "delete-table --table-name the-Table")
                .doesNotContain("rb s3://the-DigestBucket");
    }
}
