package io.broadcaster.localcloud.sqs.queue;

/** One message attribute. A type that begins with Binary has its value in base64. */
public record MessageAttribute(String type, String value) {
    public boolean isBinary() {
        return type.startsWith("Binary");
    }
}
