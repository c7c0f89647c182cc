package io.broadcaster.campaign;

/** The answer to an attempted move of a campaign. */
public sealed interface Move {
    /** The move is legal; this is the campaign to store. */
    record Moved(Campaign campaign) implements Move {}

    /** The move is refused; {@code rule} is a sentence that says what must hold. */
    record Refused(String move, StateName state, String rule) implements Move {
        /** One line for a person. */
        public String sentence() {
            return "cannot " + move + " a campaign that is " + state + ": " + rule;
        }
    }
}
