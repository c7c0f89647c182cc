package io.broadcaster.campaign;

import java.time.Instant;

/** A second person's word that exactly this content may go out. */
public record Approval(String by, Instant at, String contentHash) {}
