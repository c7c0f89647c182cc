package io.broadcaster.loader.resolve;

import io.broadcaster.audience.Device;
import io.broadcaster.audience.UserId;
import java.util.List;
import java.util.Map;

/** A chunk and the devices of its users; a user without one is absent. */
public record ResolvedChunk(Chunk chunk, Map<UserId, List<Device>> devices) {}
