package io.hallmark.local.door.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the small XML documents of requests: elements and text, no entities, no DTD, within limits. */
final class XmlBody {

    /** Enough for the list of 10,000 parts with their checksums. */
    static final int BYTES_MAX = 4 * 1024 * 1024;

    private static final int DEPTH_MAX = 8;
    private static final int ELEMENTS_MAX = 100_000;

    private XmlBody() {}

    /** An element: its name without namespace, its own text, its children. */
    record Element(String name, StringBuilder text, List<Element> children) {

        List<Element> all(String child) {
            return children.stream().filter(each -> each.name().equals(child)).toList();
        }

        /** The text of a child as it stands: a key may begin or end with blanks. */
        Optional<String> find(String child) {
            return all(child).stream().findFirst().map(each -> each.text().toString());
        }

        String required(String child) throws S3Error {
            return find(child).orElseThrow(() -> malformed("<" + child + "> is missing from <" + name + ">"));
        }

        /** Refuses children that the operation does not know, by name. */
        void only(Set<String> known) throws S3Error {
            for (Element child : children) {
                if (!known.contains(child.name())) {
                    throw S3Error.notImplemented("the element " + child.name() + " of " + name);
                }
            }
        }
    }

    /** Reads a document whose root has this name. */
    static Element read(Body body, String root) throws IOException {
        byte[] bytes = body.stream().readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw new S3Error(ErrorCode.ENTITY_TOO_LARGE, "the XML has more than " + BYTES_MAX + " bytes");
        }
        Element document = parse(bytes);
        if (!document.name().equals(root)) {
            throw malformed("the root is <" + document.name() + ">, not <" + root + ">");
        }
        return document;
    }

    private static Element parse(byte[] bytes) throws S3Error {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            try {
                return parse(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException notXml) {
            throw malformed(String.valueOf(notXml.getMessage()));
        }
    }

    private static Element parse(XMLStreamReader reader) throws XMLStreamException, S3Error {
        Deque<Element> open = new ArrayDeque<>();
        Element above = new Element("", new StringBuilder(), new ArrayList<>());
        open.push(above);
        int elements = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                elements++;
                if (elements > ELEMENTS_MAX || open.size() > DEPTH_MAX) {
                    throw malformed("more than " + ELEMENTS_MAX + " elements, or deeper than " + DEPTH_MAX);
                }
                Element element = new Element(reader.getLocalName(), new StringBuilder(), new ArrayList<>());
                open.element().children().add(element);
                open.push(element);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open.pop();
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                open.element().text().append(reader.getText());
            } else if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw malformed("a DTD");
            }
        }
        return above.children().get(0);
    }

    private static S3Error malformed(String why) {
        return new S3Error(
                ErrorCode.MALFORMED_XML,
                "The XML you provided was not well-formed or did not validate against our published schema: " + why);
    }
}
