package io.broadcaster.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.broadcaster.campaign.ArmTerms;
import io.broadcaster.campaign.Campaign;
import io.broadcaster.campaign.Move;
import io.broadcaster.campaign.Moves;
import io.broadcaster.campaign.Platform;
import io.broadcaster.campaign.Pressers;
import io.broadcaster.campaign.StateName;
import io.broadcaster.campaign.StoreException;
import io.broadcaster.testkit.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden files are the stored form: a change of them is a change of the form, and old ones must stay readable. */
final class CampaignDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource(StateName.class)
    void write_campaignInEachState_isTheGoldenFile(StateName state) throws IOException {
        String written = CampaignDocument.write(Fixtures.campaign(state));

        assertThat(JSON.readTree(written).toPrettyString())
                .isEqualTo(JSON.readTree(golden(state)).toPrettyString());
    }

    @ParameterizedTest
    @EnumSource(StateName.class)
    void read_goldenFileOfEachState_isTheCampaign(StateName state) throws IOException {
        assertThat(CampaignDocument.read(golden(state))).isEqualTo(Fixtures.campaign(state));
    }

    @Test
    void read_newDraft_isTheCampaign() {
        Campaign draft = Campaign.draft(Fixtures.CAMPAIGN, Fixtures.silentSpec(), Fixtures.AUTHOR, Fixtures.NOW);

        assertThat(CampaignDocument.read(CampaignDocument.write(draft))).isEqualTo(draft);
    }

    @Test
    void read_armedForNamedPressers_isTheCampaign() {
        Campaign loaded = Fixtures.campaign(StateName.LOADED);
        var terms = new ArmTerms(Fixtures.window(), new Pressers(List.of("mary", "tom")));
        var armed =
                ((Move.Moved) Moves.arm(loaded, terms, EnumSet.allOf(Platform.class), "mary", Fixtures.NOW)).campaign();

        assertThat(CampaignDocument.read(CampaignDocument.write(armed))).isEqualTo(armed);
    }

    @Test
    void read_ofSeveralAuthors_isTheCampaign() {
        Campaign draft = Fixtures.campaign(StateName.DRAFT);
        var edited = ((Move.Moved) Moves.edit(draft, Fixtures.spec(), "eve", Fixtures.NOW)).campaign();

        assertThat(edited.authors().names()).containsExactly(Fixtures.AUTHOR, "eve");
        assertThat(CampaignDocument.read(CampaignDocument.write(edited))).isEqualTo(edited);
    }

    @Test
    void read_fieldOfANewerWriter_isPassedOver() {
        String written = CampaignDocument.write(Fixtures.campaign(StateName.DRAFT));
        String newer = "{\"colour\":\"red\"," + written.substring(1);

        assertThat(CampaignDocument.read(newer)).isEqualTo(Fixtures.campaign(StateName.DRAFT));
    }

    @Test
    void read_anotherVersion_isRefused() {
        String written = CampaignDocument.write(Fixtures.campaign(StateName.DRAFT));

        assertThatThrownBy(() -> CampaignDocument.read(written.replace("\"v\":1", "\"v\":2")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("must be of version 1, but was 2");
    }

    @Test
    void read_missingField_saysWhichAndWhere() {
        String written = CampaignDocument.write(Fixtures.campaign(StateName.LAUNCHED));

        assertThatThrownBy(() -> CampaignDocument.read(written.replace("\"pressedBy\"", "\"pressedBi\"")))
                .isInstanceOf(StoreException.class)
                .hasMessage("campaign.state.launch lacks field pressedBy");
    }

    @Test
    void read_noJson_isRefused() {
        assertThatThrownBy(() -> CampaignDocument.read("{")).isInstanceOf(StoreException.class);
    }

    private static String golden(StateName state) throws IOException {
        String name = "campaign-" + state.name().toLowerCase(Locale.ROOT) + ".json";
        try (InputStream file = CampaignDocumentTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
