package org.evenhand.evidence;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads reports as the XML that they are. */
final class Pages {
  private Pages() {}

  static List<String> headings(Document page) {
    return elements(page, "h2").stream().map(Element::getTextContent).toList();
  }

  /** What was found, in the sentences that stand as headings. */
  static List<String> findings(Document page) {
    return elements(page, "h3").stream().map(Element::getTextContent).toList();
  }

  static String text(Evidence evidence) {
    return parse(Report.of(evidence)).getDocumentElement().getTextContent().replaceAll("\\s+", " ");
  }

  /** The rows of every table, the texts in a row separated by bars. */
  static List<String> rows(Evidence evidence) {
    return rows(parse(Report.of(evidence)));
  }

  static List<String> rows(Document page) {
    return elements(page, "tr").stream().map(row -> String.join(" | ", texts(row))).toList();
  }

  private static List<String> texts(Node node) {
    if (node.getNodeType() == Node.TEXT_NODE) {
      return node.getTextContent().isBlank() ? List.of() : List.of(node.getTextContent().strip());
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < node.getChildNodes().getLength(); i++) {
      texts.addAll(texts(node.getChildNodes().item(i)));
    }
    return texts;
  }

  static List<Element> elements(Document page, String name) {
    return elements(page.getDocumentElement(), name);
  }

  static List<Element> elements(Element root, String name) {
    NodeList nodes = root.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  static Document parse(String page) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(page)));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError("the page is not well-formed", e);
    }
  }
}
