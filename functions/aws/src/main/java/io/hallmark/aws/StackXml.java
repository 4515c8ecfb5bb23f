package io.hallmark.aws;

import io.hallmark.core.failure.RegistryFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** An answer of CloudFormation (API reference, DescribeStacks), or its refusal. */
record StackXml(Document document) {

    /**
     * Reads an answer; document types and whatever they could name are refused.
     *
     * @throws RegistryFailure.Unavailable if this is no XML
     */
    static StackXml read(byte[] bytes) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return new StackXml(builder.parse(new ByteArrayInputStream(bytes)));
        } catch (ParserConfigurationException | SAXException | IOException foreign) {
            throw new RegistryFailure.Unavailable("what answers is no CloudFormation", Duration.ofSeconds(2), foreign);
        }
    }

    /** The text of the first element of this name, empty if there is none. */
    String text(String name) {
        Node found = document.getElementsByTagName(name).item(0);
        return found == null ? "" : found.getTextContent().strip();
    }

    AwsAccount.Stack stack() {
        Map<String, String> outputs = new LinkedHashMap<>();
        NodeList keys = document.getElementsByTagName("OutputKey");
        for (int i = 0; i < keys.getLength(); i++) {
            if (keys.item(i).getParentNode() instanceof Element member) {
                Node value = member.getElementsByTagName("OutputValue").item(0);
                outputs.put(
                        keys.item(i).getTextContent().strip(),
                        value == null ? "" : value.getTextContent().strip());
            }
        }
        return new AwsAccount.Stack(text("StackStatus"), outputs);
    }
}
