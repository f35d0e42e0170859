import type { Leaf, Place } from "./command-tree.ts";
import type { KnownWords } from "./known-words.ts";

/** The arguments of a command that are all right but for one place: it has another word, or none. */
export function argumentsFor(leaf: Leaf, known: KnownWords, wrong: { readonly place: Place; readonly word?: string }): readonly string[] {
  const given = leaf.places.flatMap((place) => {
    if (place === wrong.place) return wrong.word === undefined ? [] : words(place, wrong.word);
    const own = place.option === undefined ? undefined : known[`${leaf.path} ${place.option}`];
    if (own !== undefined) return words(place, own);
    return place.isNeeded ? words(place, known[place.placeholder] ?? "fresh") : [];
  });
  return [...leaf.path.split(" "), ...given];
}

function words({ option }: Place, word: string): readonly string[] {
  return option === undefined ? [word] : [option, word];
}
