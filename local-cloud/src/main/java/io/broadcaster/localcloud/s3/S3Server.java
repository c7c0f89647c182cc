package io.broadcaster.localcloud.s3;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * S3 over the files of one directory; a bucket is a directory in it. Signatures are checked.
 * Clients must use path style. Multipart upload and range GET work; the SDK's multipart <em>download</em> and the
 * CRT client's uploads do not (501 and failures, measured on 4.1.0).
 * Any thread may call; at most {@link #THREADS_MAX} requests run at once. A failed start throws.
 */
public final class S3Server implements AutoCloseable {
    private static final int THREADS_MAX = 64;
    /** S3 itself allows 5 GiB in one PUT. */
    private static final long PUT_BYTES_MAX = 5L << 30;

    private final S3Proxy proxy;
    private final URI endpoint;

    private S3Server(S3Proxy proxy, URI endpoint) {
        this.proxy = proxy;
        this.endpoint = endpoint;
    }

    /** Starts on the loopback interface; port 0 takes any free one. The directory is created if missing. */
    public static S3Server start(int port, Path directory, String accessKeyId, String secretAccessKey)
            throws Exception {
        Files.createDirectories(directory);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKeyId, secretAccessKey)
                .ignoreUnknownHeaders(true)
                .maxSinglePartObjectSize(PUT_BYTES_MAX)
                .v4MaxNonChunkedRequestSize(PUT_BYTES_MAX)
                .jettyMaxThreads(THREADS_MAX)
                .stopTimeout(0)
                .build();
        try {
            proxy.start();
        } catch (Exception e) {
            proxy.stop();
            throw e;
        }
        return new S3Server(proxy, URI.create("http://127.0.0.1:" + proxy.getPort()));
    }

    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3Server did not stop", e);
        }
    }
}
