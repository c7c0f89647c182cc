package io.broadcaster.loadtest.provider.hpack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The header names that one kind of server reads, as small numbers, and HPACK's static table under them. Every other name
 * is {@link #OTHER}, or {@link #MALFORMED} where HTTP/2 forbids it. Immutable; one per provider, shared by its connections.
 */
public final class FieldNames {
    /** {@code :method}. */
    public static final int METHOD = 0;

    /** {@code :scheme}. */
    public static final int SCHEME = 1;

    /** {@code :path}. */
    public static final int PATH = 2;

    /** {@code :authority}. */
    public static final int AUTHORITY = 3;

    /** {@code content-length}. */
    public static final int CONTENT_LENGTH = 4;

    /** {@code te}. */
    static final int TE = 5;

    /** The number of the first name that was asked for; the others follow in their order. */
    public static final int WANTED = 6;

    /** A lawful name that nobody reads. */
    public static final int OTHER = -1;

    /** Upper case, an unknown pseudo header, or a field of HTTP/1.1 connections: the request is malformed. */
    public static final int MALFORMED = -2;

    private static final List<String> OWN =
            List.of(":method", ":scheme", ":path", ":authority", "content-length", "te");
    private static final List<byte[]> CONNECTION_SPECIFIC =
            bytes(List.of("connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade"));

    private final byte[][] names;
    private final boolean[] varying;
    private final HeaderField[] staticTable;

    private FieldNames(byte[][] names, boolean[] varying) {
        this.names = names;
        this.varying = varying;
        staticTable = new HeaderField[StaticTable.LENGTH + 1];
        for (int i = 1; i <= StaticTable.LENGTH; i++) {
            byte[] name = ascii(StaticTable.name(i));
            staticTable[i] = new HeaderField(indexOf(name, 0, name.length), name, ascii(StaticTable.value(i)));
        }
    }

    /** These lower-case names beside {@code :path} and its like; {@code varying} are those whose value differs each time. */
    public static FieldNames of(List<String> wanted, List<String> varying) {
        byte[][] names = new byte[WANTED + wanted.size()][];
        boolean[] varies = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = i < WANTED ? OWN.get(i) : wanted.get(i - WANTED);
            names[i] = ascii(name);
            varies[i] = i == PATH || varying.contains(name);
        }
        return new FieldNames(names, varies);
    }

    /** How many names are numbered. */
    public int count() {
        return names.length;
    }

    /** Whether the value of this name differs from request to request. */
    public boolean varies(int name) {
        return name >= 0 && varying[name];
    }

    /** Whether the number is that of a pseudo header. */
    public static boolean isPseudo(int name) {
        return name >= METHOD && name <= AUTHORITY;
    }

    /** The number of a name. */
    public int indexOf(byte[] bytes, int from, int length) {
        for (int i = 0; i < names.length; i++) {
            byte[] name = names[i];
            if (name.length == length && Arrays.equals(name, 0, length, bytes, from, from + length)) {
                return i;
            }
        }
        return isLawful(bytes, from, length) ? OTHER : MALFORMED;
    }

    /** Feeds a field that did not come as HPACK, its name in lower case, to {@code sink}. */
    public void field(String name, String value, FieldSink sink) {
        byte[] nameBytes = name.getBytes(StandardCharsets.ISO_8859_1);
        byte[] valueBytes = value.getBytes(StandardCharsets.ISO_8859_1);
        int index = indexOf(nameBytes, 0, nameBytes.length);
        if (varies(index)) {
            sink.slice(index, valueBytes, 0, valueBytes.length);
        } else {
            sink.field(new HeaderField(index, nameBytes, valueBytes));
        }
    }

    byte[] bytes(int name) {
        return names[name];
    }

    HeaderField staticField(int index) {
        return staticTable[index];
    }

    private static boolean isLawful(byte[] bytes, int from, int length) {
        if (length == 0) {
            return false;
        }
        for (int i = from; i < from + length; i++) {
            byte b = bytes[i];
            if (b <= ' ' || b == ':' || b == 0x7f || (b >= 'A' && b <= 'Z')) {
                // HPACK's static table knows :status, which no request may bear: it has a colon like every unknown one.
                return false;
            }
        }
        for (byte[] name : CONNECTION_SPECIFIC) {
            if (name.length == length && Arrays.equals(name, 0, length, bytes, from, from + length)) {
                return false;
            }
        }
        return true;
    }

    private static List<byte[]> bytes(List<String> names) {
        return names.stream().map(FieldNames::ascii).toList();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
