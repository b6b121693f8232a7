<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
<context>
    <name>AskAlgorithm</name>
    <message>
        <source>Ask about a scene</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>question,answer,language model,segmentation,area,hectares,distance,water,forest,radar,SAR,time series,AI</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Answers a question about a scene in words, and shows the evidence: each region the reasoning speaks of becomes a polygon layer, measured in hectares on the raster's own grid and ellipsoid; regions that belong together are joined by their distance in metres.

Scene: a raster file with a coordinate reference system, or a folder of bands (SAFE, Landsat). SAR: a radar scene of the same place and date; it sees through clouds. Radar alone is asked as the scene, or as SAR with no scene.
Further dates: scenes of the same place, up to eight dates in all, in the order of their days; the days are those of metadata and names unless they are given. Extent: only look at this part.
Output: a GeoPackage with the layers and the record of the run; the same record as JSON lies beside it (REPORT). ANSWER is the answer; AREA_HA the area of the first region the reasoning found (0 when it found none).

The runtime is started when it is first needed. The bundled model is small: read its quality line in the log, and look at the masks before you rely on a figure.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scene</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Extent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Area of the first region (ha)</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>AskPanel</name>
    <message>
        <source>Models…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose, fetch, check and delete models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Draw</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Draw the rectangle on the map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ask</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ask (Ctrl+Enter)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Whole layer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Map view</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drawn rectangle</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Extent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How many hectares of water are there?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Examples</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How many hectares of water are there, and how far is it from the nearest built-up area?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What share of the scene is covered by trees?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Is there any built-up area?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Which is larger, cropland or grassland?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How far is the water from the trees?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Does the cropland border the built-up area?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ChoicesGroup</name>
    <message>
        <source>Advanced</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>as the file tells</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Optical is</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sentinel-2, reflectance × 10,000</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sentinel-2, with the offset of 2022</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Landsat 4-7, Level 2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Landsat 8-9, Level 2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Landsat 8-9, Level 1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>NAIP</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>PlanetScope</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Which sensor the optical images come from, where names and metadata do not tell</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>SAR is</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sentinel-1, decibels</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Sentinel-1, linear</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How the radar images are scaled, where names and metadata do not tell</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Together</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>text guided</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>both, concatenated</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>as the published training</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>optical only</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Which sensor's tokens enter the reasoning where a date has an optical and a radar image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Clouds</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>are left out of the measures</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>are ignored</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What clouds hide of a date without radar is not measured</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Offsets</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>over two pixels are refused</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>are allowed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>are moved to fit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>When images of one place do not lie on one another</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Runtime</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Python of the runtime's environment</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The interpreter that the model runs in; empty: the one in the plugin's own folder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>found by itself</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ClassLights</name>
    <message>
        <source>How well each class is found</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>CompareDatesAlgorithm</name>
    <message>
        <source>Compare dates</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>change,detection,two dates,time series,gain,loss,before,after,flood,fire,deforestation,area,hectares,segmentation,radar,SAR,AI</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Maps one land cover at two to eight dates of the same place and gives what it gained, lost and kept, in hectares on the rasters' own grid and ellipsoid.

Scenes: raster files with a coordinate reference system, folders of bands (SAFE, Landsat), or radar scenes. SAR: a radar scene of the same date beside an optical one; it sees through clouds. Where a later scene lies on another pixel grid it is resampled to that of the first, and the parts that all show are compared. The days are those of metadata and names unless they are given; the dates are compared in their order. Extent: only compare this part. A question of your own is asked instead of the land cover chosen; it must be about the dates.
Output: a GeoPackage with the masks of each date and the layers GAINED and LOST; the same record as JSON lies beside it (REPORT). The figures are those of the first change found; a question about several regions, or more than two dates, has them all in the table changes.

FLOOR_HA is what maps of an unchanged place may differ by. TOLD is false when neither the gain nor the loss is larger: then no change can be told from noise. UNCERTAINTY_HA is what the gain and the loss may be off by because boundaries are only known to half a pixel.

Change that the model is unsure of is left out, haze and shadow can look like change: look at the masks before you rely on a figure.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Earlier scene</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Later scene</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Land cover</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Question (empty: about the land cover chosen)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Extent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Gained</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lost</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Gained (ha)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lost (ha)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Kept (ha)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No-change floor (ha)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Above the no-change floor</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The model marked no region at both dates, so nothing was compared: ask about another land cover, or in other words. What it did answer is in {file}.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The reasoning and the answer appear here, each region as a mark to click.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>nothing found</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>centres {distance}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>unchanged {area}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hidden by clouds</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>How well it finds them on other places, with {bands}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>not measured</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>measured {figure}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model: {figure}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>DateRow</name>
    <message>
        <source>Scene</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>This is a radar image (SAR)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add SAR…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add a cloud layer…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>SAR</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cloud layer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Day of {scene}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Remove {scene}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Clouds</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>DatesForm</name>
    <message>
        <source>Add SAR</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A radar image of the same place and day</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Add date</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The same place on another day</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>SAR</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{count} dates</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Clouds</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scene</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>SAR {number}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Date {number}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} is read as radar; its … button changes that.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A day is unknown: enter it, or these dates are taken to be in the order shown.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>DayEdit</name>
    <message>
        <source>unknown</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The day the scene was taken, like 2017-06-04</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>FinetuneAlgorithm</name>
    <message>
        <source>Teach a model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>train,training,finetune,fine-tuning,learn,teach,samples,polygons,classes,classification,land cover,segmentation,model,AI</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Teaches a copy of a model with labels of your own: new classes, or the looks that known classes have in your region. The new model is a small folder beside the one it learnt from; the dock lists it under its name, answers with it, and can delete it.

Scenes: raster files with a coordinate reference system. Labels: polygons with a field that names their class, ten to twenty for each class, spread over the scenes; or, for one scene, a raster on its pixels whose values are classes, named like 1=water; 2=heath (or as its legend names them; 0 and nodata are not labelled). Name classes as you will ask about them, in English.
Minutes: about how long it may learn; the figures at its beginning and its end take some more. Nothing is left of a run that is cancelled.

Part of the ground is held out and never learnt from. IOU_BEFORE and IOU_AFTER are the mean IoU of the classes there, of the model as it was and as it is now. Ground nearby is easier than another region: look at the masks before you rely on a figure. The log has the figures class by class, and what became of the classes that the model knew before.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Polygons with a class</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Field of the class</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Or a raster of classes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Names of its values, like 1=water; 2=heath (empty: its legend)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name of the new model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Minutes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model that learns: folder or name (empty: the bundled one)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folder for the new model (empty: with the other models)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The new model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>IoU on held-out ground, before</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>IoU on held-out ground, after</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Name the values of the raster of classes, like 1=water; 2=heath.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>IoU on held-out ground, mean of the classes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>IoU of what it knew before, on scenes made to test that</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{what}: {before} before, {after} after</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>It has not become better: give more polygons, or more minutes.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Give either polygons with a class or a raster of classes.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Say which field of the polygons names their class.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Give the new model a name.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>About the model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Base</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Bands</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Revision</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Checked</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{count} billion parameters</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{count} million parameters</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✓ fits here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✗ more than is free here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>✓ every file is as it was published</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>came with the plugin</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>not yet</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Weights in &amp;memory</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hub &amp;sign-in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Automatic: the best that fits</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>fp32: four bytes a weight, exact</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>bf16: two bytes a weight, as published</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>int8: one byte a weight</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>int4: half a byte a weight, NVIDIA GPU only</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fewer bytes need less memory, and masks and answers become less exact</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Weights in memory</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Only for models whose owner asks for it: a “Basic” entry with the hub's access key as password</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ModelTable</name>
    <message>
        <source>Models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Where</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Memory needed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>in use, {where}</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>TerraScope models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Use</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Looking for models</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Asking what there is to fetch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Checking {name}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Its files in {folder} go for good.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Its files in {folder} go; they can be fetched again.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Deleting {name}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Looking into the folder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancelled; what has been fetched is kept.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{missing} of {total}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>To fetch</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Free there</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Into</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Commit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Download {name}?</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Download</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} is complete, and every file is as it was published.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} is complete and can be read; nothing is known to compare its files with.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no complete model in {folder}: choose one with config.json and *.safetensors.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} was deleted.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folder of a model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>RasterChoice</name>
    <message>
        <source>Choose a file…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose a folder of bands…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>A file, a folder (SAFE, Landsat, one-band files), and more</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose a raster file</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Choose the folder of a scene</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>StoreProgress</name>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>TerraScope</name>
    <message>
        <source>Starting the runtime</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime does not answer {path} in JSON: install it again.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime stopped before it had answered; nothing was written. Ask again: it is started anew.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancelled.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime refused the request (HTTP {status}): see the log.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>QGIS's proxy {host} is not an HTTP proxy, and models can be fetched through no other: set one in Settings &gt; Options &gt; Network.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The sign-in could not be read from QGIS's password store: unlock it, or choose another sign-in.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The sign-in “{name}” holds no access key: choose one of the kind “Basic” with the key as its password.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime's Python was not found at {path}: install the runtime (python3 dev.py run doctor) or set the path in the plugin's settings.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime's Python at {path} does not start: {why}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime did not start in two minutes: see Details, then ask again.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime could not be started: see Details.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime ended while it was starting (exit code {code}): see Details.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime did not say where it listens: install it again.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime speaks protocol {theirs}, the plugin {ours}: update whichever is older.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime ended before it had done this (exit code {code}): see Details.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime ended before the model was taught (exit code {code}): see Details.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime says something this plugin does not understand: update both.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is nothing at {path}: choose the file or folder again.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The layer “{name}” is broken: repair its source or remove it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The layer “{name}” is not a local raster file ({kind}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The layer “{name}” is not a plain file on this computer ({source}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The layer “{name}” has no coordinate reference system: assign one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The CRS of the layer “{name}” was changed to {here}, its file says {there}: assign the right one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There are {given} days for {count} date(s): give one day for each date.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“{text}” is not a day: write it like 2017-06-04.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{value} points</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>image {number}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{share:.0f} % of its tokens from SAR</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>as the cloud layer tells</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>as the model sees them</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The polygons “{name}” have no coordinate reference system: assign one to the layer.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>None of the polygons “{name}” has a class in the field {field}: fill it in.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“{part}” does not name a class: write the names like 1=water; 2=heath.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The polygons could not be written to {path}: {why}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>change: lost</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>change: gained</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>distances</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{layer} cannot be opened.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>No style for {layer}: {why}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Region</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Area (ha)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of the scene (%)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Pixels</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Mask score (0-1)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Visual tokens</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Share of tokens from SAR (0-1)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>To image</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Above the no-change floor</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>From step</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>To step</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Distance, edge to edge (m)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Distance, centroids (m)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Touching</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Shared edge (m)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>read from optical or SAR</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>good</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>fair</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>poor</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>not measured</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>IoU {iou}, coverage ± {error}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>taught from {base}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>IoU on held-out ground {before} → {after}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The report could not be written to {path}: {why}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>QGIS cannot measure on the ellipsoid of {crs}: reproject the scene.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The layer {layer} is missing from the GeoPackage.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>QGIS measures {here:.4f} ha for {phrase}, the report says {there:.4f} ha.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no question yet: write one, or pick an example.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no scene yet: add a raster layer and choose it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Date {number} has no scene: choose one, or remove the date.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{count} dates are more than can be asked about at once: choose up to {most}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} is chosen twice: choose another file for each image.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The folder {folder} for results cannot be made: choose another one.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>With {bands}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{bands}, on places it was not trained on</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>with the plugin</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>on this machine</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>incomplete</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>not fetched</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{size} as {tier} ✓</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{size} as {tier}, not free here</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Ask a question about a scene</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Models…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model folder or name (empty: the model of the settings)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Weights in memory (empty: as in the settings)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reasoning profile</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{images} come from (empty: as names and metadata tell)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scenes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>SAR scenes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Images over two pixels apart</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Optical and SAR of one date together</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>What clouds hide, where there is no SAR</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Evidence</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Report (JSON)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Computed as {how}.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{scene}: SAR (radar)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Further dates</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Days, like 2017-06-04; 2018-03-30 (empty: from metadata and names)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{scene}: cloud layer (SCL, QA_PIXEL or a mask)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{scene}: folder of bands instead (SAFE, Landsat)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{scene}: folder of SAR bands instead</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Further dates: SAR, in the same order</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Further dates: cloud layers, in the same order</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Further dates: folders of bands (name a file in each, like *_MTL.txt)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>{name} has {given} layers for {count} further dates: give one for each, in the same order.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>TerraScopeDock</name>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>TerraScopeProvider</name>
    <message>
        <source>TerraScope: questions about Earth-observation scenes</source>
        <translation type="unfinished" />
    </message>
</context></TS>
