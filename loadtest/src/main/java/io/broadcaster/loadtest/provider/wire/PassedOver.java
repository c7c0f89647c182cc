package io.broadcaster.loadtest.provider.wire;

import io.broadcaster.loadtest.provider.hpack.FieldNames;
import io.broadcaster.loadtest.provider.hpack.FieldSink;
import io.broadcaster.loadtest.provider.hpack.HeaderField;

/** Passes over the fields of a stream that is not served, or behind a body; HPACK's table must see them all the same. */
final class PassedOver implements FieldSink {
    private boolean pseudo;

    @Override
    public void field(HeaderField field) {
        pseudo |= FieldNames.isPseudo(field.name());
    }

    @Override
    public void slice(int name, byte[] bytes, int from, int length) {
        pseudo |= FieldNames.isPseudo(name);
    }

    @Override
    public void unread(int name) {}

    /** Whether a pseudo header was among them, which no trailer may be. */
    boolean anyPseudo() {
        return pseudo;
    }
}
