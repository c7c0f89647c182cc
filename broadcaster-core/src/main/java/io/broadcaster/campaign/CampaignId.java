package io.broadcaster.campaign;

import java.util.regex.Pattern;

/** The name of a campaign in URLs, object keys and messages: 1 to 63 of {@code a-z 0-9 -}, not starting with a dash. */
public record CampaignId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public CampaignId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidInput("campaign id", "must be 1 to 63 of a-z 0-9 - and not start with a dash", value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
