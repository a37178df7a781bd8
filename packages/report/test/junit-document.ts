import { readFileSync } from "node:fs";
import { XmlAttribute, XmlDocument, XsdValidator } from "libxml2-wasm";

// Read once for all results: it is larger than most of them.
const validator = XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(new URL("junit.xsd", import.meta.url), "utf8")));

/** What the tests want to know of a suite of JUnit results. */
export interface Suite {
  readonly attributes: Readonly<Record<string, string>>;
  readonly failures: readonly { readonly test: string; readonly type: string; readonly message: string; readonly text: string }[];
  readonly skipped: readonly string[];
  readonly tests: readonly string[];
  readonly output: string;
}

/** JUnit results read back; throws where the text is no XML or the schema does not take it. */
export function readJunit(text: string): Suite[] {
  using document = XmlDocument.fromString(text);
  validator.validate(document);
  return document.find("/testsuites/testsuite").map((suite) => {
    const texts = (path: string): string[] => suite.find(path).map(({ content }) => content);
    const text_ = (path: string): string => texts(path).join("");
    return {
      attributes: Object.fromEntries(
        suite.find("@*").flatMap((node) => (node instanceof XmlAttribute ? [[node.name, node.value] as const] : [])),
      ),
      failures: suite.find("testcase/failure").map((failure) => ({
        test: failure.get("../@name")?.content ?? "",
        type: failure.get("@type")?.content ?? "",
        message: failure.get("@message")?.content ?? "",
        text: failure.content,
      })),
      skipped: texts("testcase/skipped/@message"),
      tests: texts("testcase/@name"),
      output: text_("system-out"),
    };
  });
}
