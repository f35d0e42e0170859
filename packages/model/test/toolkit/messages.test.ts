import { describe, expect, it } from "vitest";
import { formatProblem, inspectToolkit, parseMessageFile, type Json } from "../../src/index.ts";
import { validToolkit } from "./valid-toolkit.ts";

describe("a file of messages", () => {
  it("holds id=text lines; blank lines and comments are skipped", () => {
    const { messages, problems } = parseMessageFile(
      "\uFEFF# English\r\n\r\nhello=Hello, {0}!\n  \n  # more\nequation = a = {0}\nempty=\n",
      "messages/en-us.txt",
    );
    expect(problems).toEqual([]);
    expect(messages).toEqual({ hello: "Hello, {0}!", equation: "a = {0}", empty: "" });
  });

  it("is told of every line that is wrong, by its number", () => {
    const { problems } = parseMessageFile("a=1\njust words\n1st=x\nmy-id=x\n\na=2\n=text\n", "messages/fr.txt");
    expect(problems.map(formatProblem)).toEqual([
      "messages/fr.txt:2: has no =. Write it as id=text.",
      "messages/fr.txt:3: 1st: must begin with a letter and consist of letters, digits and _.",
      "messages/fr.txt:4: my-id: must begin with a letter and consist of letters, digits and _.",
      "messages/fr.txt:6: a: is there a second time.",
      "messages/fr.txt:7: must begin with a letter and consist of letters, digits and _.",
    ]);
  });
});

describe("the messages of a toolkit", () => {
  const problems = (messages: Json, defaultLocale = "en-us"): readonly string[] =>
    inspectToolkit(validToolkit({ messages, defaultLocale })).problems.map(formatProblem);

  it("come from main.json by localeName, or by locale, and are spelled as the default locale is", () => {
    const { toolkit } = inspectToolkit(
      validToolkit({
        defaultLocale: "en-US",
        messages: [
          { type: "ToolkitLocale", localeName: "en-us", messages: { hello: "Hello" } },
          { locale: "fr", messages: { hello: "Bonjour" } },
        ],
      }),
    );
    expect(toolkit?.artifact.messages).toEqual([
      { locale: "en-US", messages: { hello: "Hello" } },
      { locale: "fr", messages: { hello: "Bonjour" } },
    ]);
  });

  it("may be absent", () => {
    expect(problems([])).toEqual([]);
    expect(inspectToolkit(validToolkit()).toolkit?.artifact.messages).toEqual([]);
  });

  it.each<[Json, RegExp]>([
    [{}, /^messages: must be a list/],
    [[{ messages: {} }], /^messages\[0\]: must have the form/],
    [[{ locale: "en-us", messages: { "no id": "x" } }], /^messages\[0\]\.messages\["no id"\]: must begin with a letter/],
    [[{ locale: "en-us", messages: { id: 7 } }], /^messages\[0\]\.messages\.id: must be a text/],
    [[{ locale: "fr", messages: {} }], /^defaultLocale: is "en-us", for which there are no messages\. Add messages\/en-us\.txt\./],
    [
      [
        { locale: "en-us", messages: {} },
        { locale: "EN-US", messages: {} },
      ],
      /^messages\[1\]: gives messages for the locale "en-us" a second time/,
    ],
    [
      [
        { locale: "en-us", messages: { a: "A" } },
        { locale: "fr", messages: { a: "Á", b: "B" } },
      ],
      /^messages\[1\]\.messages\.b: is a message that the default locale en-us lacks/,
    ],
  ])("%j is refused", (messages, expected) => {
    expect(problems(messages)).toEqual([expect.stringMatching(expected)]);
  });

  it("may be fewer in another locale than in the default one", () => {
    expect(
      problems([
        { locale: "en-us", messages: { a: "A", b: "B" } },
        { locale: "fr", messages: { a: "Á" } },
      ]),
    ).toEqual([]);
  });
});
