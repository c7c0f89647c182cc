package io.broadcaster.loader;

/** The load must stop where it is: its message is no longer ours, or the loader is closing. Another loader goes on. */
final class LeaseLostException extends RuntimeException {
    LeaseLostException() {
        super("the lease of the load task is not held any more");
    }
}
