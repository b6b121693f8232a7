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
        <source>question,answer,language model,segmentation,area,hectares,distance,water,forest,AI</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Answers a question about a scene in words, and shows the evidence: each region the reasoning speaks of becomes a polygon layer, measured in hectares on the raster's own grid and ellipsoid; regions that belong together are joined by their distance in metres.

Input: a raster file with a coordinate reference system. Extent: only look at this part.
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
        <source>Radar scene (SAR)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Scene of a second date</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model folder (empty: the model of the settings)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reasoning profile</source>
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
        <source>Area of the first region (ha)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Report (JSON)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation type="unfinished" />
    </message>
</context><context>
    <name>AskPanel</name>
    <message>
        <source>Scene</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Radar scene</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Second date</source>
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
        <source>More</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Radar (SAR)</source>
        <translation type="unfinished" />
    </message>
</context><context>
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
</context><context>
    <name>TerraScope</name>
    <message>
        <source>Ask a question about a scene</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancelled.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The runtime did not start in two minutes: see Details, then ask again.</source>
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
        <source>The runtime refused the request (HTTP {status}): see the log.</source>
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
        <source>There is no question yet: write one, or pick an example.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>There is no scene yet: add a raster layer and choose it.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>The folder {folder} for results cannot be made: choose another one.</source>
        <translation type="unfinished" />
    </message>
</context><context>
    <name>TerraScopeDock</name>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation type="unfinished" />
    </message>
</context><context>
    <name>TerraScopeProvider</name>
    <message>
        <source>TerraScope: questions about Earth-observation scenes</source>
        <translation type="unfinished" />
    </message>
</context></TS>
