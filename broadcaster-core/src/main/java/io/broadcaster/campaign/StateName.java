package io.broadcaster.campaign;

/** The names of the states of {@link CampaignState}, as stored and shown. */
public enum StateName {
    DRAFT,
    LOADING,
    LOADED,
    ARMED,
    LAUNCHED,
    COMPLETED,
    ABORTED,
    FAILED
}
