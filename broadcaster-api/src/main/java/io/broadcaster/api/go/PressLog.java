package io.broadcaster.api.go;

import io.broadcaster.campaign.Campaign;

/** Hears of every press of a campaign once it is decided. Called on the presser's thread, after the dispatch has begun: never blocks. */
public interface PressLog {
    /** This press launched; the campaign as stored. */
    void launched(Campaign launched);

    /** Any other press; the campaign as it was seen. */
    void answered(Campaign seen, String presser, Press answer);

    /** Hears nothing. */
    static PressLog none() {
        return new PressLog() {
            @Override
            public void launched(Campaign launched) {}

            @Override
            public void answered(Campaign seen, String presser, Press answer) {}
        };
    }
}
