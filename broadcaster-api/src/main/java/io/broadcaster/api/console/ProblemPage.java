package io.broadcaster.api.console;

import java.nio.charset.StandardCharsets;

/** What somebody sees whom an address led to nothing: a sentence and a way back, without a script and for strangers too. */
public final class ProblemPage {
    private static final String PAGE = new String(ConsoleFiles.read("problem.html"), StandardCharsets.UTF_8);

    private ProblemPage() {}

    /** The page as HTML; the texts go in as texts. */
    public static String of(String title, String detail) {
        return PAGE.replace("{title}", escaped(title)).replace("{detail}", escaped(detail));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
