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

# {a} and {b} are classes in the user's words.
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
        "How did {a} change?", "How much {a} was there before and after?", "Has the {a} grown or shrunk?",
        "What is the change of {a} between the dates?", "How many hectares of {a} at each date?",
        "Compare the {a} of the two dates.",
    ),
}  # fmt: skip


def sentence(phrase: str) -> str:
    """First letter in upper case."""
    return phrase[:1].upper() + phrase[1:]
