package io.hallmark.local.door.s3;

import java.util.function.Consumer;

/** Writes the XML of answers. */
final class Xml {

    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final int SPACE = 0x20;

    private final StringBuilder out = new StringBuilder();
    private final String root;

    private Xml(String root, String opening) {
        this.root = root;
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").append(opening);
    }

    /** A document without a namespace, as errors are. */
    Xml(String root) {
        this(root, "<" + root + ">");
    }

    /** A document in the namespace of S3. */
    static Xml s3(String root) {
        return new Xml(root, "<" + root + " xmlns=\"" + NAMESPACE + "\">");
    }

    Xml text(String element, String value) {
        out.append('<').append(element).append('>');
        escape(value);
        out.append("</").append(element).append('>');
        return this;
    }

    Xml text(String element, long value) {
        return text(element, Long.toString(value));
    }

    Xml text(String element, boolean value) {
        return text(element, Boolean.toString(value));
    }

    /** The root has no elements, only this text. */
    Xml content(String value) {
        escape(value);
        return this;
    }

    Xml nested(String element, Consumer<Xml> content) {
        out.append('<').append(element).append('>');
        content.accept(this);
        out.append("</").append(element).append('>');
        return this;
    }

    String document() {
        return out + "</" + root + ">";
    }

    /** Control characters become references, as S3 writes them, though XML 1.0 does not know most of them. */
    private void escape(String value) {
        value.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> {
                    if (point < SPACE) {
                        out.append("&#x").append(Integer.toHexString(point)).append(';');
                    } else {
                        out.appendCodePoint(point);
                    }
                }
            }
        });
    }
}
