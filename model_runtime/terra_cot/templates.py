"""Ways of asking, per kind of question (paper appendix E.2, L1), and what people call the classes."""

from __future__ import annotations

# canonical phrase of each class, as the reasoning names it: index k is label code k + 1
PHRASES = (
    "water", "trees", "cropland", "grassland", "built-up area", "bare ground", "snow and ice", "wetland", "cloud",
)  # fmt: skip

SYNONYMS: dict[str, tuple[str, ...]] = {
    "water": ("water", "open water", "surface water", "water bodies", "lakes and rivers", "rivers", "lakes", "ponds",
              "flood water", "flooded area", "flooded land", "flooding", "reservoirs", "sea", "river", "lake"),
    "trees": ("trees", "forest", "forests", "woodland", "tree cover", "woods", "forested area", "forested land"),
    "cropland": ("cropland", "crops", "farmland", "fields", "agricultural land", "arable land", "farm fields",
                 "agriculture", "crop fields"),
    "grassland": ("grassland", "grass", "pasture", "meadows", "rangeland", "pastures", "shrubland", "grazing land"),
    "built-up area": ("built-up area", "built-up areas", "built-up land", "buildings", "urban area", "urban land",
                      "settlements", "settlement", "village", "villages", "town", "city", "houses", "built-up"),
    "bare ground": ("bare ground", "bare soil", "bare land", "barren land", "sand", "rock", "bare", "bare rock",
                    "exposed soil", "beach"),
    "snow and ice": ("snow and ice", "snow", "ice", "snow cover", "glaciers", "glacier"),
    "wetland": ("wetland", "wetlands", "marsh", "swamp", "marshes", "flooded vegetation", "mangroves"),
    "cloud": ("cloud", "clouds", "cloud cover"),
}  # fmt: skip

# {a} and {b} are classes in the user's words. From "change" on, the questions are about several dates, and those that
# name no date are about the first and the last, or about each.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "presence": (
        "Is there any {a} in the image?", "Is there {a}?", "Can you see any {a}?", "Does the scene contain {a}?",
        "Is {a} present?", "Do you find {a} here?", "Is any {a} visible in this scene?", "Are there {a} in this image?",
    ),
    "coverage": (
        "What percentage of the image is covered by {a}?", "How much of the image is {a}?",
        "What share of the scene is {a}?", "What is the coverage of {a}?", "How many percent is {a}?",
        "What fraction of the area is {a}, in percent?", "Which part of the scene does {a} cover?",
        "Give the percentage of {a}.", "How much {a} is there in percent?", "What percent of this area is {a}?",
    ),
    "area": (
        "How many hectares of {a} are there?", "What is the area of {a}?", "How large is the {a}?",
        "How many hectares are {a}?", "What is the area of the {a} in hectares?", "How big is the {a}?",
        "Measure the {a}.", "Measure the area of {a}.", "How much {a} is there?", "Map the {a} and give its area.",
        "How many hectares does {a} cover?", "Give the hectares of {a}.", "Find the {a}.", "Where is the {a}?",
        "How many hectares of {a}?",
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
    ),
    "distance": (
        "How far is the {a} from the nearest {b}?", "What is the distance between {a} and {b}?",
        "How far is {a} from {b}?", "How close is the {a} to the {b}?",
        "What is the shortest distance from {a} to {b}?",
        "How many metres are between {a} and {b}?", "How near is the {b} to the {a}?",
        "What is the distance from the {a} to the nearest {b}?",
    ),
    "border": (
        "Does {a} border {b}?", "Is the {a} adjacent to the {b}?", "Does the {a} touch the {b}?",
        "Are {a} and {b} next to each other?", "Is there contact between {a} and {b}?",
        "Do {a} and {b} share a border?", "Is any {a} bordering {b}?", "Does the {a} border the {b}?",
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
        "By how much did the {a} change?", "What happened to the {a}?", "How has the {a} changed over time?",
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


def sentence(phrase: str) -> str:
    """First letter in upper case."""
    return phrase[:1].upper() + phrase[1:]
