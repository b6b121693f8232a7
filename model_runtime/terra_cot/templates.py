"""Ways of asking, per kind of question (paper appendix E.2).

What a question asks for is read off its words at run time too (`measure.words.asked`): a wording that asks for a
count, a place, a direction or a reach is only found in the kinds whose traces tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

COUNTABLE: dict[str, tuple[tuple[str, str], ...]] = {
    "water": (("water body", "water bodies"), ("patch of water", "patches of water"), ("lake", "lakes")),
    "trees": (("patch of trees", "patches of trees"), ("wood", "woods"), ("patch of forest", "patches of forest")),
    "cropland": (("area of cropland", "areas of cropland"), ("patch of farmland", "patches of farmland")),
    "grassland": (("area of grassland", "areas of grassland"), ("meadow", "meadows")),
    "built-up area": (("built-up area", "built-up areas"), ("settlement", "settlements")),
    "bare ground": (("area of bare ground", "areas of bare ground"), ("bare patch", "bare patches")),
    "snow and ice": (("snow field", "snow fields"), ("patch of snow and ice", "patches of snow and ice")),
    "wetland": (("wetland", "wetlands"), ("marsh", "marshes")),
    "cloud": (("cloud", "clouds"),),
    "buildings": (("building", "buildings"), ("house", "houses")),
    "intact buildings": (("intact building", "intact buildings"), ("undamaged building", "undamaged buildings")),
    "damaged buildings": (("damaged building", "damaged buildings"),),
    "destroyed buildings": (
        ("destroyed building", "destroyed buildings"),
        ("collapsed building", "collapsed buildings"),
    ),
}
"""What is counted, one and several, when people ask how many there are."""


def countable(phrase: str) -> tuple[tuple[str, str], ...]:
    """What is counted of a phrase, one and several."""
    return COUNTABLE.get(phrase, ((f"patch of {phrase}", f"patches of {phrase}"),))


# {a}, {b} and {c} are classes in the user's words, {n} what is counted of the first, {m} a reach in metres.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "presence": (
        "Is there any {a} in the image?", "Is there {a}?", "Can you see any {a}?", "Does the scene contain {a}?",
        "Is {a} present?", "Do you find {a} here?", "Is any {a} visible in this scene?", "Is there {a} in this image?",
        "Does this image show any {a}?", "Is {a} to be seen?", "Check whether there is {a}.", "Any {a} here?",
        "Is there {a} in this scene?", "Can {a} be found in the image?", "Does {a} occur here?",
        "Tell me whether the image contains {a}.", "Do you see {a}?", "Is the scene free of {a}, or is there some?",
        "Has this place any {a}?", "Would you say that there is {a} in the image?", "Does the image include {a}?",
        "Is {a} among what is visible?",
    ),
    "coverage": (
        "What percentage of the image is covered by {a}?", "How much of the image is {a}?",
        "What share of the scene is {a}?", "What is the coverage of {a}?", "How many percent is {a}?",
        "What fraction of the area is {a}, in percent?", "Which part of the scene does {a} cover?",
        "Give the percentage of {a}.", "How much {a} is there in percent?", "What percent of this area is {a}?",
        "How large a share of the image does {a} take?", "What proportion of the image is {a}?",
        "How much of the scene does {a} cover?", "State the coverage of {a} in percent.",
        "{a}: how many percent of the image?", "What part of the image is covered by {a}, in percent?",
        "How many percent of the scene are {a}?", "What is the share of {a}?", "How much of this area is {a}?",
        "Determine the percentage of the image that is {a}.", "To what extent is the image covered by {a}?",
    ),
    "area": (
        "How many hectares of {a} are there?", "What is the area of {a}?", "How large is the {a}?",
        "How many hectares are {a}?", "What is the area of the {a} in hectares?", "How big is the {a}?",
        "Measure the {a}.", "Measure the area of {a}.", "How much {a} is there?", "Map the {a} and give its area.",
        "How many hectares does {a} cover?", "Give the hectares of {a}.", "Find the {a}.", "How many hectares of {a}?",
        "What area does {a} take up?", "Calculate the area of {a}.", "How large an area is {a}?",
        "State the area of {a} in hectares.", "Outline the {a} and tell its size.", "How extensive is the {a}?",
        "What is the size of the {a}?", "Tell me the hectares of {a}.",
    ),
    "area_m2": (
        "What is the area of {a} in square metres?", "How many square metres of {a} are there?",
        "How many square metres does {a} cover?", "Give the area of {a} in m2.", "How many m2 are {a}?",
        "How large is the {a} in square metres?", "State the square metres of {a}.", "Measure the {a} in m2.",
    ),
    "count": (
        "How many {n} are there in the image?", "How many {n} are there?", "Count the {n}.",
        "How many {n} can you see?", "How many {n} does the scene have?", "What is the number of {n}?",
        "Give the number of {n}.", "How many separate {n} are in this image?", "How many {n} do you find?",
        "Tell me the number of {n} in the scene.", "Count the {n} in this image.", "How many {n} are visible?",
        "How many {n} lie in this area?", "How many {n} does the image show?", "Determine the number of {n}.",
        "What is the number of separate {n} here?", "How many {n} are to be seen?", "Please count the {n}.",
        "How many different {n} are there?", "State the number of {n}.", "How many {n} of {s} are there?",
        "Count the {n} of {s}.",
    ),
    "location": (
        "Where is the {a} located in the image?", "Where is the {a}?", "In which part of the image is the {a}?",
        "Where does the {a} lie?", "Where in the image is {a}?", "Describe the location of the {a}.",
        "What is the location of the {a}?", "Where can {a} be found?", "In which part of the scene does the {a} lie?",
        "Where do you see {a}?", "Whereabouts is the {a}?", "Tell me where the {a} is.",
        "In what part of the image can {a} be seen?", "Where is most of the {a}?", "Show where the {a} is.",
        "Give the position of the {a} in the image.", "Where is {a} situated?", "Where would I find {a} here?",
        "In which corner or part of the image is the {a}?", "Locate it: where is the {a}?",
        "Where is there {a}?", "Show me where {a} can be seen.",
    ),
    "area_coverage": (
        "How many hectares of {a} are there, and what share of the image is that?",
        "Give the area and the percentage of {a}.", "How large is the {a}, in hectares and percent?",
        "What are the area and coverage of {a}?",
    ),
    "larger": (
        "Which is larger, {a} or {b}?", "Is there more {a} or more {b}?", "Which covers more, {a} or {b}?",
        "Compare {a} and {b}: which is larger?", "What is larger: {a} or {b}?", "Is {a} or {b} larger?",
        "Which has the larger area, {a} or {b}?", "Does {a} or {b} cover more of the scene?",
        "Which takes up more of the image, {a} or {b}?", "Is the {a} larger than the {b}?",
    ),
    "distance": (
        "How far is the {a} from the nearest {b}?", "What is the distance between {a} and {b}?",
        "How far is {a} from {b}?", "How close is the {a} to the {b}?",
        "What is the shortest distance from {a} to {b}?",
        "How many metres are between {a} and {b}?", "How near is the {b} to the {a}?",
        "What is the distance from the {a} to the nearest {b}?", "How far apart are {a} and {b}?",
        "How many metres from the {a} is the nearest {b}?", "What distance separates the {a} from the {b}?",
        "Measure the distance between {a} and {b}.", "How far away from the {a} is the {b}?",
        "Give the distance between {a} and {b} in metres.", "How far is it from {a} to {b}?",
        "How wide is the gap between {a} and {b}?", "How close do {a} and {b} come to each other?",
        "How near does the {a} come to the {b}?", "What is the smallest distance between the {a} and any {b}?",
        "Determine how far the {a} is from the {b}.", "How far is the nearest {b} from the {a}?",
    ),
    "border": (
        "Does {a} border {b}?", "Is the {a} adjacent to the {b}?", "Does the {a} touch the {b}?",
        "Are {a} and {b} next to each other?", "Is there contact between {a} and {b}?",
        "Do {a} and {b} share a border?", "Is any {a} bordering {b}?", "Does the {a} border the {b}?",
        "Do the {a} and the {b} touch?", "Is {a} in contact with {b}?", "Is {a} adjacent to {b}?",
        "Does any {a} touch any {b}?", "Is there a border between {a} and {b}?", "Are {a} and {b} neighbours?",
        "Do {a} and {b} touch each other?", "Is the {b} next to the {a}?", "Check whether {a} borders {b}.",
        "Are the {a} and the {b} in contact?", "Is {b} bordering the {a}?", "Does {a} lie next to {b}?",
    ),
    "area_distance": (
        "How many hectares of {a} are there, and how far is it from the nearest {b}?",
        "How many hectares are {a}, and how far is the nearest {b}?",
        "How large is the {a}, and how far is the nearest {b}?",
        "What is the area of {a}, and what is its distance to {b}?",
        "Give the hectares of {a} and the distance to the nearest {b}.",
        "How many hectares of {a} are there and how far is the {b}?",
        "How much {a} is there and how far away is the nearest {b}?",
    ),
    "change": (
        "How did {a} change?", "How much {a} was there before and after?", "How did the area of {a} change?",
        "What is the change of {a} between the dates?", "Compare the {a} of the first and the last date.",
        "What became of the {a}?", "What happened to the {a}?", "How has the {a} changed over time?",
        "How much {a} was there first and how much is there now?", "Describe the change of {a}.",
    ),
    "grown": (
        "Has the {a} grown or shrunk?", "Did the {a} grow?", "Did the {a} shrink?", "Did {a} increase or decrease?",
        "Is there more or less {a} than before?", "Has {a} become more or less?", "Has the {a} expanded?",
        "Is the {a} growing or shrinking?",
    ),
    "lost": (
        "How much {a} was lost?", "How much {a} is gone?", "How much {a} has disappeared?", "Was any {a} lost?",
        "How many hectares of {a} were lost?", "What was the loss of {a}?", "How much {a} vanished?",
    ),
    "gained": (
        "How much {a} was gained?", "How much new {a} is there?", "How many hectares of {a} were added?",
        "What was the gain of {a}?", "How much {a} has appeared?", "Was any {a} gained?",
    ),
    "grew": (
        "Which grew, {a} or {b}?", "Did {a} or {b} grow?", "Which has grown: {a} or {b}?",
        "Which increased, the {a} or the {b}?", "Which of {a} and {b} grew?", "Which became more, {a} or {b}?",
    ),
    "series": (
        "How many hectares of {a} at each date?", "How much {a} is there on each date?", "How much {a} is there?",
        "List the area of {a} for every date.", "How did the {a} develop over the dates?", "Track the {a}.",
        "Give the hectares of {a} per date.", "How large was the {a} in each image?", "Show the {a} over time.",
        "What is the area of {a} on the different dates?", "How many hectares of {a} are there?",
    ),
    "series_coverage": (
        "What share of each image is {a}?", "How many percent of {a} at each date?", "How much of the image is {a}?",
        "Give the percentage of {a} for every date.", "What is the coverage of {a} on each date?",
        "What percentage of the image is covered by {a}?",
    ),
    "most": (
        "On which date is there the most {a}?", "When was the {a} largest?", "Which image has the most {a}?",
        "In which image is the {a} largest?", "When was there most {a}?", "Which date shows the most {a}?",
    ),
    "least": (
        "On which date is there the least {a}?", "When was the {a} smallest?", "Which image has the least {a}?",
        "In which image is the {a} smallest?", "When was there least {a}?", "Which date shows the least {a}?",
    ),
    "difference": (
        "By how many percentage points do {a} and {b} differ?", "How much more of the image is {a} than {b}, or less?",
        "What is the difference in coverage of {a} and {b}?",
        "Compare {a} and {b}: by how much do their shares differ?",
        "By how many percent of the image does {a} differ from {b}?",
        "What is the difference between the shares of {a} and {b}?",
    ),
    "difference_area": (
        "By how many hectares do {a} and {b} differ?", "How many more hectares of {a} than of {b} are there, or less?",
        "What is the difference in area of {a} and {b}?", "Compare {a} and {b}: by how much do they differ?",
        "By how much is {a} larger or smaller than {b}?", "How much larger is the {a} than the {b}?",
        "How much more {a} than {b} is there?", "How much less {a} is there than {b}?",
    ),
    "change_by": (
        "By how much did the {a} change?", "By how many hectares has {a} changed?",
        "By how much has {a} grown or shrunk?", "By how much did {a} increase or decrease?",
        "How much more {a} is there than before, or how much less?", "How much larger or smaller is the {a} now?",
        "What is the difference in {a} between the dates?", "By how many hectares does the {a} differ?",
    ),
    "mean": (
        "What is the mean area of {a} over the dates?", "How many hectares of {a} are there on average?",
        "What is the average area of the {a}?", "How large is the {a} on average?",
        "Give the mean area of {a} over all images.", "How much {a} is there on an average date?",
    ),
    "mean_coverage": (
        "What is the mean share of {a} over the dates?", "How many percent of the image are {a} on average?",
        "What is the average coverage of {a}?", "Give the mean coverage of {a} over all images.",
    ),
    "rank": (
        "Rank {a}, {b} and {c} by area, the largest first.", "Order {a}, {b} and {c} from largest to smallest.",
        "List {a}, {b} and {c} by their cover, most first.", "Which is largest, which least: {a}, {b} or {c}?",
        "Sort {a}, {b} and {c} by size.",
    ),
    "which_borders": (
        "Which of {a} and {b} borders the {c}?", "Does {a} or {b} touch the {c}?",
        "Is it {a} or {b} that is adjacent to the {c}?", "Which is in contact with the {c}, {a} or {b}?",
    ),
    "direction": (
        "In which direction from the {b} does the {a} lie?", "Which direction is the {a} from the {b}?",
        "On which side of the {b} is the {a}?", "What direction would I take from the {b} to the {a}?",
        "How does the {a} lie relative to the {b}?",
    ),
    "north_of": (
        "Is the {a} north of the {b}?", "Does the {a} lie north of the {b}?", "Is {a} to be found north of {b}?",
    ),
    "south_of": (
        "Is the {a} south of the {b}?", "Does the {a} lie south of the {b}?", "Is {a} to be found south of {b}?",
    ),
    "east_of": ("Is the {a} east of the {b}?", "Does the {a} lie east of the {b}?", "Is {a} to be found east of {b}?"),
    "west_of": ("Is the {a} west of the {b}?", "Does the {a} lie west of the {b}?", "Is {a} to be found west of {b}?"),
    "nearer": (
        "Which is nearer to the {c}, {a} or {b}?", "Is {a} or {b} closer to the {c}?",
        "Which lies closest to the {c}: {a} or {b}?", "What is the {c} nearer to, {a} or {b}?",
    ),
    "within": (
        "Is there any {a} within {m} m of the {b}?", "Does any {a} lie within {m} metres of the {b}?",
        "Is some of the {a} no further than {m} m from the {b}?", "Do you find {a} within {m} m of {b}?",
    ),
    "within_share": (
        "How much of the {a} lies within {m} m of the {b}?", "What share of the {a} is within {m} metres of {b}?",
        "How many percent of the {a} are no further than {m} m from the {b}?",
        "Which share of the {a} is no further than {m} m from the {b}?",
    ),
    "enclosed": (
        "Is the {a} enclosed by {b}?", "Is the {a} surrounded by {b}?", "Does {b} surround the {a}?",
        "Is there {b} on all sides of the {a}?", "Is the {a} wholly enclosed by the {b}?",
    ),
    "edge_share": (
        "To what extent is the {a} surrounded by {b}?", "How much of the {a} is ringed by {b}, along its edge?",
        "What share of the edge of the {a} is enclosed by {b}?",
    ),
    "farming": (
        "Is the region suitable for farming?", "Could this land be farmed?", "Is this good land for agriculture?",
        "Would you call this area suitable for agriculture?", "Is there enough open land here for farming?",
    ),
    "flood_exposure": (
        "Are the settlements exposed to floods?", "Is the built-up area at risk of flooding?",
        "Would a flood of the nearby water reach the built-up area?", "Is any settlement exposed to high water?",
    ),
    "fragmentation": (
        "Is the {a} fragmented?", "How fragmented is the {a}?", "Is the {a} in one piece or fragmented?",
        "Would you call the {a} a fragmented habitat?",
    ),
    "green_space": (
        "How much of the built-up area has green space within 300 m?",
        "What share of the settlements lies within 300 m of trees or a park?",
        "How well are the settlements served with green space within 300 m?",
        "What part of the built-up area has trees within 300 m?",
    ),
    "urban_fabric": (
        "Is this an urban area?", "How urban is this place?", "Is the urban fabric here continuous?",
        "Would you call this a city or the country?", "Which kind of urban fabric is this?",
    ),
    "forest_land": (
        "Does this area count as forest land?", "Is this forest by the definition of the FAO?",
        "Would the FAO call this area a forest?", "Is there enough tree cover to speak of a forest?",
    ),
    "buffer_strip": (
        "Is the water protected from the fields by a buffer strip?", "Do the fields leave a buffer along the water?",
        "Could fertiliser run straight off the fields into the water?", "Is there a strip between fields and water?",
    ),
    "canopy": (
        "Does the tree cover reach the 30 percent of the 3-30-300 rule?", "Is there canopy enough for a green city?",
        "Is the canopy cover here as large as the 3-30-300 rule asks for?",
    ),
    "landscape": (
        "What kind of landscape is this?", "What dominates the landscape, {a}, {b} or {c}?",
        "Which of {a}, {b} and {c} gives the landscape its character?",
    ),
    "deforestation": (
        "Is the forest being cleared?", "Has there been deforestation?", "Are the trees disappearing?",
        "Is this a place of forest loss?", "Was woodland felled between the dates?",
    ),
    "urban_growth": (
        "Is the town growing?", "Is there urban growth?", "Has land been taken by buildings?",
        "Does the settlement spread into the country?",
    ),
    "flooding": (
        "Was the place flooded?", "Has there been a flood?", "Did the water spread over the land?",
        "Does the last image show a flood?",
    ),
    "damage_count": (
        "How many of the buildings were destroyed?", "How many buildings were destroyed?",
        "Count the buildings that were destroyed.", "What is the number of destroyed buildings?",
    ),
    "damage_rate": (
        "How many buildings, in percent, were destroyed?", "How severe is the damage by the number of buildings?",
        "How many buildings out of all were destroyed, as a share?",
    ),
}  # fmt: skip

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")

IN_RADAR = ("in the radar image", "in the SAR image")


def moments(image: int, dates: int) -> tuple[str, ...]:
    """Ways of naming one (1-based) of several dates."""
    th = _ORDINALS[image - 1]
    names = [f"in image {image}", f"on date {image}", f"on the {th} date", f"in the {th} image"]
    if image == 1:
        names.append("on the earliest date")
    if image == dates:
        names += ["on the last date", "in the last image", "in the latest image"]
    if dates == 2:
        names += [("before", "in the earlier image"), ("afterwards", "in the later image")][image - 1]
    return tuple(names)


_PLURAL_VERBS = {"is": "are", "was": "were", "has": "have", "does": "do", "touches": "touch", "stretches": "stretch"}
_VERB = "is|was|has|does|lies|covers|touches|borders|surrounds|takes|makes|gives|dominates|stays|stretches"
_BETWEEN = "(?: there(?: any| no| some)?| the| any| some| some of the| most of the)?"


def _plural(verb: str) -> str:
    low = verb.lower()
    many = _PLURAL_VERBS.get(low, low.removesuffix("s"))
    return many.capitalize() if verb[0].isupper() else many


def agree(text: str, words: Iterable[str]) -> str:
    """Verbs beside plural names made plural: "Is there any trees" becomes "Are there any trees".

    Args:
        text: with the names written in.
        words: names that are plural.
    """
    for word in words:
        name = re.escape(word)
        text = re.sub(
            rf"\b(Is|is|Was|was|Has|has|Does|does)(?={_BETWEEN} {name}\b)", lambda match: _plural(match[1]), text
        )
        # In "the area of trees is" the subject is the area; in "12 % of the trees lies" it is the trees.
        text = re.sub(
            rf"((?:^|(?<!\bof)(?<!\bof the)|% of the|% of) {name}|^{name}) ({_VERB})\b",
            lambda match: f"{match[1]} {_plural(match[2])}",
            text,
            flags=re.IGNORECASE,
        )
    return text


def sentence(phrase: str) -> str:
    """First letter in upper case."""
    return phrase[:1].upper() + phrase[1:]
