package io.broadcaster.api.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Every file of the console, named here one by one and read into memory at the start: a path that is not in this list does
 * not exist, whatever dots it holds. A page is the one shell with its own title and module.
 */
public final class ConsoleFiles {
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private static final List<Page> PAGES = List.of(
            new Page("/", "campaigns", "Campaigns"),
            new Page("/console/new", "content", "New campaign"),
            new Page("/console/fleet", "fleet", "Fleet"),
            new Page("/load-tests", "load-tests", "Load tests"),
            new Page("/campaigns/{id}/content", "content", "Content"),
            new Page("/campaigns/{id}/prepare", "prepare", "Prepare"),
            new Page("/campaigns/{id}/control", "control", "Control room"),
            new Page("/campaigns/{id}/report", "report", "Report"));

    private static final List<String> MODULES = List.of(
            "api.js",
            "audit.js",
            "campaigns.js",
            "charts.js",
            "content.js",
            "control.js",
            "dom.js",
            "figures.js",
            "fleet.js",
            "go-button.js",
            "hold-button.js",
            "lights.js",
            "load-tests.js",
            "phones.js",
            "prepare.js",
            "proofing.js",
            "report.js",
            "sessions.js",
            "shell.js",
            "states.js");

    private ConsoleFiles() {}

    private record Page(String path, String module, String title) {}

    /** All of them; a jar that lacks one is an error. */
    public static List<ConsoleFile> all() {
        var files = new ArrayList<ConsoleFile>();
        String shell = new String(read("shell.html"), StandardCharsets.UTF_8);
        for (Page page : PAGES) {
            String html = shell.replace("{title}", page.title()).replace("{module}", page.module());
            files.add(file(page.path(), HTML, html.getBytes(StandardCharsets.UTF_8)));
        }
        for (String module : MODULES) {
            files.add(file("/console/" + module, JAVASCRIPT, read(module)));
        }
        files.add(file("/console/console.css", CSS, read("console.css")));
        files.add(file("/console/control.css", CSS, read("control.css")));
        files.add(file("/console/icon.svg", "image/svg+xml", read("icon.svg")));
        files.add(file("/console/uplot.js", JAVASCRIPT, read(UPLOT + "uPlot.esm.js")));
        files.add(file("/console/uplot.css", CSS, read(UPLOT + "uPlot.min.css")));
        return List.copyOf(files);
    }

    private static ConsoleFile file(String path, String mediaType, byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new ConsoleFile(path, mediaType, "\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"", content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A file that lies beside this class in the jar. */
    static byte[] read(String resource) {
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
