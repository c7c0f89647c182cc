package io.broadcaster.loadtest.measure;

import java.util.List;

/**
 * Who a thread works for, told by the first characters of its name as the kernel knows it (at most 15). Work on virtual
 * threads of every worker runs on the same carriers and cannot be told apart.
 */
public enum Role {
    /** Event loops of the burst senders. */
    SENDER_LOOPS("sender event loops", "burst-", "apns-", "fcm-", "sender-"),
    /** Pushy's event loops and the Admin SDK's threads. */
    SENDER_LIBRARIES("sender libraries", "nioEventLoopGro", "firebase-"),
    /** The provider simulators' event loops. */
    SIMULATORS("simulators", "provider-simula"),
    /** The local SQS: event loops and its clock. */
    SQS_SERVER("sqs server", "local-sqs", "sqs"),
    /** Threads of DynamoDB Local and its HTTP server. */
    DYNAMODB("dynamodb", "qtp", "dynamodb", "SQLiteQueue"),
    /** s3proxy. */
    S3("s3", "S3Proxy", "s3-", "s3proxy"),
    /** The API's event loops and background threads. */
    API("api", "armeria-", "api-"),
    /** Carriers of every virtual thread: fan-out, batches, ledger writes, API handlers. */
    VIRTUAL_THREADS("virtual-thread carriers", "ForkJoinPool-1", "VirtualThread-u"),
    /** The AWS SDK's own threads and the CRT's event loops. */
    AWS_SDK("aws sdk", "AwsEventLoop", "AwsHostResolver", "sdk-", "idle-timeout"),
    /** The JVM's collectors. */
    GC("gc", "GC Thread", "G1 ", "ZWorker", "ZDirector", "ZDriver", "ZStat", "ZUncommitter", "Shenandoah", "XWorker"),
    /** The compilers C1 and C2. */
    JIT("jit compiler", "C1 Compiler", "C2 Compiler", "Sweeper"),
    /** Other threads of the JVM itself. */
    JVM(
            "jvm",
            "VM Thread",
            "VM Periodic",
            "Signal Dispatch",
            "Service Thread",
            "Monitor Deflati",
            "Common-Cleaner",
            "Reference Handl",
            "Finalizer",
            "Notification T",
            "Attach Listener",
            "JFR ",
            "Cleaner-"),
    /** The load test's own thread. */
    LOADTEST("load test", "main", "java", "HttpClient-"),
    /** Threads that no line above names. */
    OTHER("other"),
    /** What the process spent in threads that have ended since. */
    ENDED("ended threads");

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot change
    private final List<String> prefixes;

    Role(String label, String... prefixes) {
        this.label = label;
        this.prefixes = List.of(prefixes);
    }

    /** How reports name it. */
    public String label() {
        return label;
    }

    /** The role of a thread of this name. */
    public static Role of(String threadName) {
        for (Role role : values()) {
            if (role.prefixes.stream().anyMatch(threadName::startsWith)) {
                return role;
            }
        }
        return OTHER;
    }
}
