package io.broadcaster.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.Clip;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** The GO button as it lies on the page, in pixels. */
record Square(int x, int y, int side) {
    /** One pixel, as a mouse names it: in whole numbers. */
    record Point(int x, int y) {}

    /** The button's box, which lies on whole pixels. */
    static Square of(Page page) {
        BoundingBox box = page.locator("#go").boundingBox();
        assertThat(List.of(box.x, box.y, box.width)).allMatch(length -> length == Math.rint(length));
        assertThat(box.height).isEqualTo(box.width);
        return new Square((int) box.x, (int) box.y, (int) box.width);
    }

    /** The pixels just outside each corner and each edge's middle. */
    List<Point> justOutside() {
        return new Square(x - 1, y - 1, side + 2).justInside();
    }

    /** The outermost pixels at each corner and each edge's middle. */
    List<Point> justInside() {
        var points = new ArrayList<Point>();
        int[] sides = {0, side / 2, side - 1};
        for (int across : sides) {
            for (int down : sides) {
                points.add(new Point(x + across, y + down));
            }
        }
        points.remove(points.size() / 2);
        return points;
    }

    /** Every pixel of the box's edge bears this colour, and none of the ring around it does. */
    void assertPainted(Page page, int colour) throws IOException {
        var clip = new Clip(x - 1, y - 1, side + 2, side + 2);
        byte[] png = page.screenshot(new Page.ScreenshotOptions().setClip(clip));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        for (int i = 1; i <= side; i++) {
            assertThat(List.of(rgb(image, i, 1), rgb(image, i, side), rgb(image, 1, i), rgb(image, side, i)))
                    .as("the edge at %d", i)
                    .containsOnly(colour);
        }
        int last = side + 1;
        for (int i = 0; i <= last; i++) {
            assertThat(List.of(rgb(image, i, 0), rgb(image, i, last), rgb(image, 0, i), rgb(image, last, i)))
                    .as("the ring at %d", i)
                    .doesNotContain(colour);
        }
    }

    private static int rgb(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xffffff;
    }
}
