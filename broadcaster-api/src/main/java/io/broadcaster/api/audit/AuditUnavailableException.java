package io.broadcaster.api.audit;

import io.broadcaster.campaign.StoreException;

/** An act could not be written down, and so was not done. */
public final class AuditUnavailableException extends RuntimeException {
    AuditUnavailableException(StoreException cause) {
        super("the audit log cannot be written", cause);
    }
}
