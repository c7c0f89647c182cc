package io.broadcaster.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadcaster.audit.AuditEntry;
import io.broadcaster.audit.AuditHead;
import io.broadcaster.audit.LaunchActs;
import io.broadcaster.aws.AwsCloud;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.CampaignId;
import io.broadcaster.campaign.StateName;
import io.broadcaster.cli.CloudCommands;
import io.broadcaster.cli.terminal.ExitCode;
import io.broadcaster.testkit.Fixtures;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands of an auditor, over a cloud of their own. What each kind of tampering looks like is tested at the table. */
@Timeout(60)
class AuditIT {
    private final CloudCommands commands = new CloudCommands("audit", Map.of());
    private final AwsCloud cloud = commands.cloud;
    private final StringWriter out = commands.out;
    private final StringWriter err = commands.err;

    @BeforeEach
    void provision() {
        cloud.provisioner().provisionStores();
    }

    @AfterEach
    void close() {
        commands.close();
    }

    @Test
    void verify_everyLaunchWritten_isIntactAndPrintsTheHead() {
        write(stored("one", StateName.COMPLETED));
        write(stored("two", StateName.ABORTED));
        AuditHead head = cloud.audit().head();

        assertThat(execute("verify", "--expect-head=" + head)).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).isEqualToIgnoringNewLines("intact: 3 entries, head " + head);
    }

    @Test
    void verify_aLaunchWithoutItsEntry_saysWhichAndEndsWithItsStatus() {
        write(stored("one", StateName.COMPLETED));
        stored("two", StateName.COMPLETED);

        assertThat(execute("verify")).isEqualTo(ExitCode.TAMPERED);

        assertThat(err.toString()).contains("campaign two tells of a press by mary at 2026-02-08T18:30:00Z");
    }

    @Test
    void verify_aHeadThatTheLogDoesNotContain_saysSoAndEndsWithItsStatus() {
        write(stored("one", StateName.COMPLETED));

        assertThat(execute("verify", "--expect-head=2:" + "5f".repeat(32))).isEqualTo(ExitCode.TAMPERED);

        assertThat(err.toString()).contains("entry 2 is missing: the head that was noted is 2");
    }

    @Test
    void verify_aHeadThatIsNone_isUsage() {
        assertThat(execute("verify", "--expect-head=yesterday")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void head_ofALogWithoutEntries_isThatOfNone() {
        assertThat(execute("head")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).isEqualToIgnoringNewLines(AuditHead.EMPTY.toString());
    }

    @Test
    void list_ofOneCampaignAndOfAll_printsALineEach() {
        write(stored("one", StateName.COMPLETED));
        write(stored("two", StateName.ABORTED));

        assertThat(execute("list", "--campaign=two")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.contains("campaign two revision 1"));
        assertThat(execute("list")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).hasSize(2 + 3);
    }

    private Campaign stored(String id, StateName state) {
        Campaign campaign = Fixtures.campaign(new CampaignId(id), state);
        cloud.campaigns().create(campaign);
        return campaign;
    }

    private void write(Campaign campaign) {
        cloud.audit().append(AuditEntry.after(cloud.audit().head(), LaunchActs.of(campaign)));
    }

    private int execute(String... command) {
        return commands.execute(command);
    }
}
