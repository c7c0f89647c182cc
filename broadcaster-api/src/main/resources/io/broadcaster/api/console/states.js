// The states of a campaign as people say them.
export const STATES = {
  DRAFT: 'Draft', LOADING: 'Loading', LOADED: 'Loaded', ARMED: 'Armed',
  LAUNCHED: 'Sending', COMPLETED: 'Completed', ABORTED: 'Aborted', FAILED: 'Load failed',
};
