import java.io.FileInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Prints the lines of a .jsonl.gz file as Java reads them, from a file, as Spark and Hadoop's tools do. */
public final class ReadGzip {
    private ReadGzip() {}

    public static void main(String[] arguments) throws IOException {
        try (var lines = new GZIPInputStream(new FileInputStream(arguments[0]))) {
            lines.transferTo(System.out);
        }
        System.out.flush();
    }
}
