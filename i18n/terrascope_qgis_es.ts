<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es">
<context>
    <name>ActionBar</name>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
</context>
<context>
    <name>AskAlgorithm</name>
    <message>
        <source>Answers a question about a scene in words, and shows the evidence: each region the reasoning speaks of becomes a polygon layer, measured in hectares on the raster's own grid and ellipsoid; regions that belong together are joined by their distance in metres.

Scene: a raster file with a coordinate reference system, or a folder of bands (SAFE, Landsat). SAR: a radar scene of the same place and date; it sees through clouds. Radar alone is asked as the scene, or as SAR with no scene.
Further dates: scenes of the same place, up to eight dates in all, in the order of their days; the days are those of metadata and names unless they are given. Extent: only look at this part.
Output: a GeoPackage with the layers and the record of the run; the same record as JSON lies beside it (REPORT). ANSWER is the answer; AREA_HA the area of the first region the reasoning found (0 when it found none).

The runtime is started when it is first needed. The bundled model is small: read its quality line in the log, and look at the masks before you rely on a figure.</source>
        <translation>Responde con palabras a una pregunta sobre una escena y muestra las evidencias: cada región de la que habla el razonamiento se convierte en una capa de polígonos, medida en hectáreas sobre la cuadrícula y el elipsoide del propio ráster; las regiones relacionadas entre sí se unen mediante su distancia en metros.

Escena: un archivo ráster con un sistema de referencia de coordenadas, o una carpeta de bandas (SAFE, Landsat). SAR: una escena de radar del mismo lugar y de la misma fecha; ve a través de las nubes. Para preguntar solo sobre el radar, indíquelo como escena, o como SAR sin escena.
Otras fechas: escenas del mismo lugar, hasta ocho fechas en total, en el orden de sus días; los días son los de los metadatos y los nombres, salvo que se indiquen. Extensión: examinar solo esta parte.
Salida: un GeoPackage con las capas y el registro de la ejecución; el mismo registro en JSON queda a su lado (REPORT). ANSWER es la respuesta; AREA_HA, el área de la primera región que encontró el razonamiento (0 si no encontró ninguna).

El motor se inicia cuando se necesita por primera vez. El modelo incluido es pequeño: lea en el registro la línea sobre su calidad y mire las máscaras antes de fiarse de un valor.</translation>
    </message>
    <message>
        <source>Area of the first region (ha)</source>
        <translation>Área de la primera región (ha)</translation>
    </message>
    <message>
        <source>Ask about a scene</source>
        <translation>Preguntar sobre una escena</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Pregunta</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Escena</translation>
    </message>
    <message>
        <source>question,answer,language model,segmentation,area,hectares,distance,water,forest,radar,SAR,time series,AI</source>
        <translation>pregunta,respuesta,modelo de lenguaje,segmentación,área,superficie,hectáreas,distancia,agua,bosque,radar,SAR,serie temporal,IA</translation>
    </message>
</context>
<context>
    <name>AskBatchAlgorithm</name>
    <message>
        <source>A batch is done by the runtime of this machine: take the remote one out in Settings &gt; Options &gt; TerraScope, or run the batch where it is.</source>
        <translation>Un lote lo procesa el motor de este equipo: quite el remoto en Configuración &gt; Opciones &gt; TerraScope, o ejecute el lote donde este se encuentra.</translation>
    </message>
    <message>
        <source>Ask about many scenes</source>
        <translation>Preguntar sobre varias escenas</translation>
    </message>
    <message>
        <source>Asks each question about each scene, and collects the answers and the evidence in one GeoPackage.

Give the scenes in one of three ways. Scenes: raster layers or files, also layers that are no files. Folder: all rasters and product folders (SAFE, Landsat) in it, or those whose names fit the pattern. Table: a CSV with some of the columns scene, sar, dates, clouds, question, name (paths relative to it; several dates of one scene told apart by semicolons), or STAC items whose files are here.
Questions: one in each line, asked about every scene; those of a table come besides its own.
Go on with the report: only what is missing in a report that is there is asked, for instance after the batch was cancelled. Extent: look at this part of every scene. Processes: each has the model in its memory.

Output: the report, whose tables docs/report_schema.md tells, and a summary of all its questions: scene, question, answer, phrase (name of the first region), area_ha, coverage_pct, score, regions (all, with their hectares), status (answered or failed) and reason. A scene that cannot be used does not end the batch: it is listed with its reason. ANSWERED and FAILED count the questions.

A batch is done by the runtime of this machine. When it is cancelled the report keeps what was answered.</source>
        <translation>Hace cada pregunta sobre cada escena y reúne las respuestas y las evidencias en un solo GeoPackage.

Indique las escenas de una de estas tres maneras. Escenas: capas o archivos ráster, también capas que no son archivos. Carpeta: todos los rásters y carpetas de productos (SAFE, Landsat) que contiene, o aquellos cuyo nombre se ajusta al patrón. Tabla: un CSV con algunas de las columnas scene, sar, dates, clouds, question, name (rutas relativas a la tabla; varias fechas de una escena, separadas por punto y coma), o elementos STAC cuyos archivos están aquí.
Preguntas: una por línea, que se hacen sobre cada escena; las de una tabla se suman a ellas.
Continuar el informe: solo se pregunta lo que falta en un informe existente, por ejemplo tras cancelar el lote. Extensión: examinar esta parte de cada escena. Procesos: cada uno tiene el modelo en su memoria.

Salida: el informe, cuyas tablas se describen en docs/report_schema.md, y un resumen de todas sus preguntas: scene, question, answer, phrase (nombre de la primera región), area_ha, coverage_pct, score, regions (todas, con sus hectáreas), status (answered o failed) y reason. Una escena que no se puede usar no detiene el lote: se incluye en la lista con el motivo. ANSWERED y FAILED cuentan las preguntas.

Un lote lo procesa el motor de este equipo. Cuando se cancela, el informe conserva lo que se respondió.</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Go on with the report that is there</source>
        <translation>Continuar el informe existente</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Procesos</translation>
    </message>
    <message>
        <source>Questions answered</source>
        <translation>Preguntas con respuesta</translation>
    </message>
    <message>
        <source>Questions without an answer</source>
        <translation>Preguntas sin respuesta</translation>
    </message>
    <message>
        <source>Questions, one in each line</source>
        <translation>Preguntas, una por línea</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Resumen</translation>
    </message>
    <message>
        <source>There is no question yet: write one in each line.</source>
        <translation>Todavía no hay ninguna pregunta: escriba una por línea.</translation>
    </message>
    <message>
        <source>question,answer,batch,many,archive,folder,table,CSV,STAC,time series,report,area,hectares,segmentation,AI</source>
        <translation>pregunta,respuesta,lote,varias,archivo,carpeta,tabla,CSV,STAC,serie temporal,informe,área,superficie,hectáreas,segmentación,IA</translation>
    </message>
    <message>
        <source>{name} is there already: go on with it, or choose another name for the report.</source>
        <translation>{name} ya existe: continúelo o elija otro nombre para el informe.</translation>
    </message>
</context>
<context>
    <name>AskPanel</name>
    <message>
        <source>Ask</source>
        <translation>Preguntar</translation>
    </message>
    <message>
        <source>Ask (Ctrl+Enter)</source>
        <translation>Preguntar (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>Cancelar (Esc)</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Captura</translation>
    </message>
    <message>
        <source>Choose, fetch, check and delete models</source>
        <translation>Elegir, descargar, comprobar y borrar modelos</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Extensión</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>The question still has a gap: put something in the place of {gaps}.</source>
        <translation>La pregunta aún tiene un hueco: sustituya {gaps}.</translation>
    </message>
</context>
<context>
    <name>BandGroup</name>
    <message>
        <source>As found</source>
        <translation>Restablecer</translation>
    </message>
    <message>
        <source>Band of {role}</source>
        <translation>Banda {role}</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bandas</translation>
    </message>
    <message>
        <source>Bands (chosen)</source>
        <translation>Bandas (elegidas)</translation>
    </message>
    <message>
        <source>Bands: choose the band of VV or of VH.</source>
        <translation>Bandas: elija la banda VV o VH.</translation>
    </message>
    <message>
        <source>Bands: red, green and blue are all needed; choose a band for each.</source>
        <translation>Bandas: se necesitan rojo, verde y azul; elija una banda para cada uno.</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Azul</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Verde</translation>
    </message>
    <message>
        <source>Leave it to what names and metadata tell</source>
        <translation>Usar lo que indican los nombres y los metadatos</translation>
    </message>
    <message>
        <source>NIR</source>
        <translation>NIR</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rojo</translation>
    </message>
    <message>
        <source>SWIR 1</source>
        <translation>SWIR 1</translation>
    </message>
    <message>
        <source>SWIR 2</source>
        <translation>SWIR 2</translation>
    </message>
    <message>
        <source>VH</source>
        <translation>VH</translation>
    </message>
    <message>
        <source>VV</source>
        <translation>VV</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguna</translation>
    </message>
</context>
<context>
    <name>BenchmarkAlgorithm</name>
    <message>
        <source>A benchmark is run by the runtime of this machine: take the remote one out in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Un benchmark lo ejecuta el motor de este equipo: quite el remoto en Configuración &gt; Opciones &gt; TerraScope.</translation>
    </message>
    <message>
        <source>Accuracy, mean over tasks (%)</source>
        <translation>Exactitud, media de las tareas (%)</translation>
    </message>
    <message>
        <source>Accuracy, over questions (%)</source>
        <translation>Exactitud, sobre las preguntas (%)</translation>
    </message>
    <message>
        <source>At most so many questions (0: all)</source>
        <translation>Número máximo de preguntas (0: todas)</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Benchmark</translation>
    </message>
    <message>
        <source>Benchmark a model</source>
        <translation>Evaluar un modelo con un benchmark</translation>
    </message>
    <message>
        <source>Choose the items of the benchmark: a file, or a folder.</source>
        <translation>Elija los elementos del benchmark: un archivo o una carpeta.</translation>
    </message>
    <message>
        <source>Items shown as (empty: in all ways there are)</source>
        <translation>Elementos mostrados como (vacío: de todas las formas disponibles)</translation>
    </message>
    <message>
        <source>Items: a file</source>
        <translation>Elementos: un archivo</translation>
    </message>
    <message>
        <source>Items: a folder</source>
        <translation>Elementos: una carpeta</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Mean IoU of the masks</source>
        <translation>IoU medio de las máscaras</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Procesos</translation>
    </message>
    <message>
        <source>Puts the questions of a benchmark to a model, and tells how many it answers and how well its masks fit.

Benchmark: TerraScope-Bench (items of “bench build” on the command line, or the published file) or another one in its official files. Items: its file, or its folder. At most: so many questions, drawn by lot; 0: all. Model: as in the other algorithms.

Output: scores as JSON; beside it each response. Run again with the same output it goes on where it was stopped. Tasks: a table with the accuracy of each task in percent, its 95 % interval, and what chance would give. QUESTIONS, MACRO_PCT (mean over tasks), MICRO_PCT (over questions), MEAN_IOU (of the masks; -1: there are none to compare with).

It needs the runtime of this machine, with the packages of model_runtime/requirements-data.txt.</source>
        <translation>Plantea a un modelo las preguntas de un benchmark e indica cuántas responde correctamente y cómo se ajustan sus máscaras.

Benchmark: TerraScope-Bench (elementos de «bench build» en la línea de órdenes, o el archivo publicado) u otro en sus archivos oficiales. Elementos: su archivo o su carpeta. Número máximo: tantas preguntas, elegidas al azar; 0: todas. Modelo: como en los demás algoritmos.

Salida: las puntuaciones en JSON; a su lado, cada respuesta. Si se ejecuta de nuevo con la misma salida, continúa donde se detuvo. Tareas: una tabla con la exactitud de cada tarea en porcentaje, su intervalo del 95 % y lo que daría el azar. QUESTIONS, MACRO_PCT (media de las tareas), MICRO_PCT (sobre las preguntas), MEAN_IOU (de las máscaras; -1: no hay ninguna con la que comparar).

Necesita el motor de este equipo, con los paquetes de model_runtime/requirements-data.txt.</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Preguntas</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Puntuaciones</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tareas</translation>
    </message>
    <message>
        <source>benchmark,accuracy,score,evaluation,validation,quality,IoU,model,TerraScope-Bench,AI</source>
        <translation>benchmark,exactitud,precisión,puntuación,evaluación,validación,calidad,IoU,modelo,TerraScope-Bench,IA</translation>
    </message>
    <message>
        <source>{path} does not exist: choose the items again.</source>
        <translation>{path} no existe: elija de nuevo los elementos.</translation>
    </message>
    <message>
        <source>{task}: {share} of {count} (95 %: {low} to {high})</source>
        <translation>{task}: {share} de {count} (95 %: de {low} a {high})</translation>
    </message>
</context>
<context>
    <name>CaptureRow</name>
    <message>
        <source>Resolution of captures</source>
        <translation>Resolución de las capturas</translation>
    </message>
    <message>
        <source>Size of a pixel of the file that the layer is captured to; automatic: the layer's own, or the map's</source>
        <translation>Tamaño de píxel del archivo en el que se captura la capa; automático: el de la propia capa o el del mapa</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automático</translation>
    </message>
</context>
<context>
    <name>ChoicesGroup</name>
    <message>
        <source> ha</source>
        <translation> ha</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Opciones avanzadas</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nubes</translation>
    </message>
    <message>
        <source>How the radar images are scaled, where names and metadata do not tell</source>
        <translation>Escala de las imágenes de radar, cuando los nombres y los metadatos no la indican</translation>
    </message>
    <message>
        <source>Landsat 4-7, Level 2</source>
        <translation>Landsat 4-7, nivel 2</translation>
    </message>
    <message>
        <source>Landsat 8-9, Level 1</source>
        <translation>Landsat 8-9, nivel 1</translation>
    </message>
    <message>
        <source>Landsat 8-9, Level 2</source>
        <translation>Landsat 8-9, nivel 2</translation>
    </message>
    <message>
        <source>Large scenes</source>
        <translation>Escenas grandes</translation>
    </message>
    <message>
        <source>NAIP</source>
        <translation>NAIP</translation>
    </message>
    <message>
        <source>Offsets</source>
        <translation>Desajustes</translation>
    </message>
    <message>
        <source>One image of over 4 million pixels: an overview shows the whole and the masks are drawn on every pixel; windows show what is too small for an overview, and nothing of the whole</source>
        <translation>Una imagen de más de 4 millones de píxeles: una vista general muestra el conjunto y las máscaras se dibujan en cada píxel; las ventanas muestran lo que es demasiado pequeño para una vista general, y nada del conjunto</translation>
    </message>
    <message>
        <source>Optical is</source>
        <translation>Óptico</translation>
    </message>
    <message>
        <source>PlanetScope</source>
        <translation>PlanetScope</translation>
    </message>
    <message>
        <source>Python of the runtime's environment</source>
        <translation>Python del entorno del motor</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Motor</translation>
    </message>
    <message>
        <source>SAR is</source>
        <translation>SAR</translation>
    </message>
    <message>
        <source>Sentinel-1, decibels</source>
        <translation>Sentinel-1, decibelios</translation>
    </message>
    <message>
        <source>Sentinel-1, linear</source>
        <translation>Sentinel-1, lineal</translation>
    </message>
    <message>
        <source>Sentinel-2, reflectance × 10,000</source>
        <translation>Sentinel-2, reflectancia × 10 000</translation>
    </message>
    <message>
        <source>Sentinel-2, with the offset of 2022</source>
        <translation>Sentinel-2, con el desplazamiento de 2022</translation>
    </message>
    <message>
        <source>Smallest part</source>
        <translation>Parte más pequeña</translation>
    </message>
    <message>
        <source>The interpreter that the model runs in; empty: the one in the plugin's own folder</source>
        <translation>El intérprete en el que se ejecuta el modelo; vacío: el de la carpeta del complemento</translation>
    </message>
    <message>
        <source>The minimum mapping unit: parts of a mask that are smaller are left out of it</source>
        <translation>La unidad mínima cartografiable: las partes de una máscara menores que ella se excluyen</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Conjuntamente</translation>
    </message>
    <message>
        <source>What clouds hide of a date without radar is not measured</source>
        <translation>Lo que las nubes ocultan en una fecha sin radar no se mide</translation>
    </message>
    <message>
        <source>When images of one place do not lie on one another</source>
        <translation>Cuando las imágenes de un mismo lugar no se superponen exactamente</translation>
    </message>
    <message>
        <source>Which sensor the optical images come from, where names and metadata do not tell</source>
        <translation>Sensor del que proceden las imágenes ópticas, cuando los nombres y los metadatos no lo indican</translation>
    </message>
    <message>
        <source>Which sensor's tokens enter the reasoning where a date has an optical and a radar image</source>
        <translation>Sensor cuyos tokens entran en el razonamiento cuando una fecha tiene una imagen óptica y otra de radar</translation>
    </message>
    <message>
        <source>are allowed</source>
        <translation>se permiten</translation>
    </message>
    <message>
        <source>are ignored</source>
        <translation>se ignoran</translation>
    </message>
    <message>
        <source>are left out of the measures</source>
        <translation>se excluyen de las medidas</translation>
    </message>
    <message>
        <source>are moved to fit</source>
        <translation>se corrigen mediante ajuste</translation>
    </message>
    <message>
        <source>as the file tells</source>
        <translation>según el archivo</translation>
    </message>
    <message>
        <source>as the published training</source>
        <translation>como en el entrenamiento publicado</translation>
    </message>
    <message>
        <source>both, concatenated</source>
        <translation>ambos, concatenados</translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation>se busca automáticamente</translation>
    </message>
    <message>
        <source>no part is too small</source>
        <translation>ninguna es demasiado pequeña</translation>
    </message>
    <message>
        <source>optical only</source>
        <translation>solo óptico</translation>
    </message>
    <message>
        <source>over two pixels are refused</source>
        <translation>se rechazan si superan dos píxeles</translation>
    </message>
    <message>
        <source>reason in each window</source>
        <translation>razonar en cada ventana</translation>
    </message>
    <message>
        <source>reason over an overview</source>
        <translation>razonar sobre una vista general</translation>
    </message>
    <message>
        <source>text guided</source>
        <translation>guiado por el texto</translation>
    </message>
</context>
<context>
    <name>ClassLights</name>
    <message>
        <source>How well each class is found</source>
        <translation>Calidad de detección de cada clase</translation>
    </message>
</context>
<context>
    <name>CompareDatesAlgorithm</name>
    <message>
        <source>Above the no-change floor</source>
        <translation>Sobre el umbral de no cambio</translation>
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation>Incertidumbre de los límites (± ha)</translation>
    </message>
    <message>
        <source>Compare dates</source>
        <translation>Comparar fechas</translation>
    </message>
    <message>
        <source>Earlier scene</source>
        <translation>Escena anterior</translation>
    </message>
    <message>
        <source>Gained</source>
        <translation>Ganancia</translation>
    </message>
    <message>
        <source>Gained (ha)</source>
        <translation>Ganancia (ha)</translation>
    </message>
    <message>
        <source>Kept (ha)</source>
        <translation>Conservado (ha)</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Cobertura del suelo</translation>
    </message>
    <message>
        <source>Later scene</source>
        <translation>Escena posterior</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Pérdida</translation>
    </message>
    <message>
        <source>Lost (ha)</source>
        <translation>Pérdida (ha)</translation>
    </message>
    <message>
        <source>Maps one land cover at two to eight dates of the same place and gives what it gained, lost and kept, in hectares on the rasters' own grid and ellipsoid.

Scenes: raster files with a coordinate reference system, folders of bands (SAFE, Landsat), or radar scenes. SAR: a radar scene of the same date beside an optical one; it sees through clouds. Where a later scene lies on another pixel grid it is resampled to that of the first, and the parts that all show are compared. The days are those of metadata and names unless they are given; the dates are compared in their order. Extent: only compare this part. A question of your own is asked instead of the land cover chosen; it must be about the dates.
Output: a GeoPackage with the masks of each date and the layers GAINED and LOST; the same record as JSON lies beside it (REPORT). The figures are those of the first change found; a question about several regions, or more than two dates, has them all in the table changes.

FLOOR_HA is what maps of an unchanged place may differ by. TOLD is false when neither the gain nor the loss is larger: then no change can be told from noise. UNCERTAINTY_HA is what the gain and the loss may be off by because boundaries are only known to half a pixel.

Change that the model is unsure of is left out, haze and shadow can look like change: look at the masks before you rely on a figure.</source>
        <translation>Cartografía una cobertura del suelo en entre dos y ocho fechas del mismo lugar e indica lo que ganó, perdió y conservó, en hectáreas sobre la cuadrícula y el elipsoide de los propios rásters.

Escenas: archivos ráster con un sistema de referencia de coordenadas, carpetas de bandas (SAFE, Landsat) o escenas de radar. SAR: una escena de radar de la misma fecha que una óptica; ve a través de las nubes. Cuando una escena posterior está en otra cuadrícula de píxeles, se remuestrea a la de la primera y se comparan las partes que muestran todas. Los días son los de los metadatos y los nombres, salvo que se indiquen; las fechas se comparan en su orden. Extensión: comparar solo esta parte. Una pregunta propia sustituye a la cobertura del suelo elegida; debe tratar de las fechas.
Salida: un GeoPackage con las máscaras de cada fecha y las capas GAINED y LOST; el mismo registro en JSON queda a su lado (REPORT). Los valores son los del primer cambio encontrado; con una pregunta sobre varias regiones, o con más de dos fechas, están todos en la tabla changes.

FLOOR_HA es lo que pueden diferir los mapas de un lugar sin cambios. TOLD es falso cuando ni la ganancia ni la pérdida son mayores: entonces ningún cambio se distingue del ruido. UNCERTAINTY_HA es el posible error de la ganancia y de la pérdida, ya que los límites solo se conocen con una precisión de medio píxel.

Los cambios de los que el modelo no está seguro se excluyen; la bruma y la sombra pueden parecer cambios: mire las máscaras antes de fiarse de un valor.</translation>
    </message>
    <message>
        <source>No-change floor (ha)</source>
        <translation>Umbral de no cambio (ha)</translation>
    </message>
    <message>
        <source>Question (empty: about the land cover chosen)</source>
        <translation>Pregunta (vacío: sobre la cobertura del suelo elegida)</translation>
    </message>
    <message>
        <source>The model marked no region at both dates, so nothing was compared: ask about another land cover, or in other words. What it did answer is in {file}.</source>
        <translation>El modelo no delimitó ninguna región en ambas fechas, así que no se comparó nada: pregunte por otra cobertura del suelo, o con otras palabras. Lo que sí respondió está en {file}.</translation>
    </message>
    <message>
        <source>change,detection,two dates,time series,gain,loss,before,after,flood,fire,deforestation,area,hectares,segmentation,radar,SAR,AI</source>
        <translation>cambio,detección,dos fechas,serie temporal,ganancia,pérdida,antes,después,inundación,incendio,deforestación,área,superficie,hectáreas,segmentación,radar,SAR,IA</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversation</source>
        <translation>Conversación</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>El modelo no dio ninguna respuesta.</translation>
    </message>
    <message>
        <source>The reasoning and the answer appear here, each region as a mark to click.</source>
        <translation>El razonamiento y la respuesta aparecen aquí, con cada región como una marca en la que hacer clic.</translation>
    </message>
</context>
<context>
    <name>CopyAnswer</name>
    <message>
        <source>As CSV</source>
        <translation>Como CSV</translation>
    </message>
    <message>
        <source>As Markdown</source>
        <translation>Como Markdown</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>Como texto</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Copiar respuesta</translation>
    </message>
    <message>
        <source>Copy the answer and its figures</source>
        <translation>Copiar la respuesta y sus valores</translation>
    </message>
</context>
<context>
    <name>CorrectMask</name>
    <message>
        <source>A corrected mask is being measured: wait a moment.</source>
        <translation>Se está midiendo una máscara corregida: espere un momento.</translation>
    </message>
    <message>
        <source>Correct mask</source>
        <translation>Corregir máscara</translation>
    </message>
    <message>
        <source>Edit a mask with QGIS's own tools: the figures follow when you save it</source>
        <translation>Editar una máscara con las herramientas de QGIS: los valores se actualizan al guardarla</translation>
    </message>
    <message>
        <source>Edit the polygons of {mask} with QGIS's tools; its figures follow when you save the layer.</source>
        <translation>Edite los polígonos de {mask} con las herramientas de QGIS; sus valores se actualizan al guardar la capa.</translation>
    </message>
    <message>
        <source>The layer of {mask} cannot be opened: its file may be gone. Ask again.</source>
        <translation>No se puede abrir la capa de {mask}: puede que su archivo haya desaparecido. Pregunte de nuevo.</translation>
    </message>
    <message>
        <source>{file} cannot be edited: check its permissions.</source>
        <translation>No se puede editar {file}: compruebe sus permisos.</translation>
    </message>
</context>
<context>
    <name>DateRow</name>
    <message>
        <source>Add SAR…</source>
        <translation>Añadir SAR…</translation>
    </message>
    <message>
        <source>Add a cloud layer…</source>
        <translation>Añadir una capa de nubes…</translation>
    </message>
    <message>
        <source>Cloud layer</source>
        <translation>Capa de nubes</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nubes</translation>
    </message>
    <message>
        <source>Day of {scene}</source>
        <translation>Día de {scene}</translation>
    </message>
    <message>
        <source>Remove {scene}</source>
        <translation>Eliminar {scene}</translation>
    </message>
    <message>
        <source>SAR</source>
        <translation>SAR</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Escena</translation>
    </message>
    <message>
        <source>This is a radar image (SAR)</source>
        <translation>Esta es una imagen de radar (SAR)</translation>
    </message>
</context>
<context>
    <name>DatesForm</name>
    <message>
        <source>A day is unknown: enter it, or these dates are taken to be in the order shown.</source>
        <translation>Se desconoce un día: introdúzcalo; si no, se supone que estas fechas están en el orden mostrado.</translation>
    </message>
    <message>
        <source>A radar image of the same place and day</source>
        <translation>Una imagen de radar del mismo lugar y día</translation>
    </message>
    <message>
        <source>Add SAR</source>
        <translation>Añadir SAR</translation>
    </message>
    <message>
        <source>Add date</source>
        <translation>Añadir fecha</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nubes</translation>
    </message>
    <message>
        <source>Date {number}</source>
        <translation>Fecha {number}</translation>
    </message>
    <message>
        <source>SAR</source>
        <translation>SAR</translation>
    </message>
    <message>
        <source>SAR {number}</source>
        <translation>SAR {number}</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Escena</translation>
    </message>
    <message>
        <source>The same place on another day</source>
        <translation>El mismo lugar en otro día</translation>
    </message>
    <message>
        <source>{count} dates</source>
        <translation>{count} fechas</translation>
    </message>
    <message>
        <source>{name} is read as radar; its … button changes that.</source>
        <translation>{name} se lee como radar; su botón … permite cambiarlo.</translation>
    </message>
</context>
<context>
    <name>DayEdit</name>
    <message>
        <source>The day the scene was taken, like 2017-06-04</source>
        <translation>El día en que se tomó la escena, por ejemplo 2017-06-04</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconocido</translation>
    </message>
</context>
<context>
    <name>ExtentChoice</name>
    <message>
        <source>As asked before</source>
        <translation>Como en la pregunta anterior</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Dibujar</translation>
    </message>
    <message>
        <source>Draw the polygon on the map: click its corners, double-click or right-click to end it</source>
        <translation>Dibuje el polígono en el mapa: haga clic en sus vértices y termine con doble clic o con el botón derecho</translation>
    </message>
    <message>
        <source>Draw the rectangle on the map</source>
        <translation>Dibuje el rectángulo en el mapa</translation>
    </message>
    <message>
        <source>Drawn polygon</source>
        <translation>Polígono dibujado</translation>
    </message>
    <message>
        <source>Drawn rectangle</source>
        <translation>Rectángulo dibujado</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Extensión</translation>
    </message>
    <message>
        <source>Map view</source>
        <translation>Vista del mapa</translation>
    </message>
    <message>
        <source>No polygon is selected: choose a polygon layer and select some in it.</source>
        <translation>No hay ningún polígono seleccionado: elija una capa de polígonos y seleccione algunos en ella.</translation>
    </message>
    <message>
        <source>Nothing is drawn yet: click Draw and draw on the map.</source>
        <translation>Todavía no hay nada dibujado: pulse Dibujar y dibuje en el mapa.</translation>
    </message>
    <message>
        <source>Selected polygons</source>
        <translation>Polígonos seleccionados</translation>
    </message>
    <message>
        <source>Selected polygons are those of the active polygon layer</source>
        <translation>Los polígonos seleccionados son los de la capa de polígonos activa</translation>
    </message>
    <message>
        <source>Whole layer</source>
        <translation>Capa completa</translation>
    </message>
    <message>
        <source>⚠ The scene does not reach there.</source>
        <translation>⚠ La escena no llega hasta ahí.</translation>
    </message>
</context>
<context>
    <name>FinetuneAlgorithm</name>
    <message>
        <source>A model is taught by the runtime of this machine: the remote one can answer with it once its folder has been copied there.</source>
        <translation>Un modelo lo entrena el motor de este equipo: el remoto puede responder con él una vez que su carpeta se haya copiado allí.</translation>
    </message>
    <message>
        <source>Extent of scenes that are no files</source>
        <translation>Extensión de las escenas que no son archivos</translation>
    </message>
    <message>
        <source>Field of the class</source>
        <translation>Campo de la clase</translation>
    </message>
    <message>
        <source>Give either polygons with a class or a raster of classes.</source>
        <translation>Indique o bien polígonos con una clase, o bien un ráster de clases.</translation>
    </message>
    <message>
        <source>Give the new model a name.</source>
        <translation>Dé un nombre al nuevo modelo.</translation>
    </message>
    <message>
        <source>IoU of what it knew before, on scenes made to test that</source>
        <translation>IoU de lo que sabía antes, en escenas hechas para probarlo</translation>
    </message>
    <message>
        <source>IoU on held-out ground, after</source>
        <translation>IoU en zonas de validación, después</translation>
    </message>
    <message>
        <source>IoU on held-out ground, before</source>
        <translation>IoU en zonas de validación, antes</translation>
    </message>
    <message>
        <source>IoU on held-out ground, mean of the classes</source>
        <translation>IoU en zonas de validación, media de las clases</translation>
    </message>
    <message>
        <source>It has not become better: give more polygons, or more minutes.</source>
        <translation>No ha mejorado: proporcione más polígonos o más minutos.</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minutos</translation>
    </message>
    <message>
        <source>Model that learns (empty: the bundled one)</source>
        <translation>Modelo que se entrena (vacío: el incluido)</translation>
    </message>
    <message>
        <source>Name of the new model</source>
        <translation>Nombre del nuevo modelo</translation>
    </message>
    <message>
        <source>Name the values of the raster of classes, like 1=water; 2=heath.</source>
        <translation>Dé nombre a los valores del ráster de clases, por ejemplo 1=water; 2=heath.</translation>
    </message>
    <message>
        <source>Names of its values, like 1=water; 2=heath</source>
        <translation>Nombres de sus valores, por ejemplo 1=water; 2=heath</translation>
    </message>
    <message>
        <source>Or a raster of classes</source>
        <translation>O un ráster de clases</translation>
    </message>
    <message>
        <source>Polygons with a class</source>
        <translation>Polígonos con una clase</translation>
    </message>
    <message>
        <source>Put the new model into (empty: with the others)</source>
        <translation>Guardar el nuevo modelo en (vacío: con los demás)</translation>
    </message>
    <message>
        <source>Say which field of the polygons names their class.</source>
        <translation>Indique qué campo de los polígonos da nombre a su clase.</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Escenas</translation>
    </message>
    <message>
        <source>Teach a model</source>
        <translation>Entrenar un modelo</translation>
    </message>
    <message>
        <source>Teaches a copy of a model with labels of your own: new classes, or the looks that known classes have in your region. The new model is a small folder beside the one it learnt from; the dock lists it under its name, answers with it, and can delete it.

Scenes: rasters with a coordinate reference system. Labels: polygons with a field that names their class, ten to twenty for each class, spread over the scenes; or, for one scene, a raster on its pixels whose values are classes, named like 1=water; 2=heath (if empty, as its legend names them; 0 and nodata are not labelled). Name classes as you will ask about them, in English.
Minutes: about how long it may learn; the figures at its beginning and its end take some more. Nothing is left of a run that is cancelled.

Part of the labels are held out at first. IOU_BEFORE and IOU_AFTER are the mean IoU of the classes on them, of the model as it was (for a new class: of the known class that fits it best) and of one that was taught the other labels; the new model has then been taught all of them. Ground nearby is easier than another region: look at the masks before you rely on a figure. The log has the figures class by class, and what became of the classes that the model knew before.</source>
        <translation>Entrena una copia de un modelo con etiquetas propias: clases nuevas, o el aspecto que tienen las clases conocidas en su región. El nuevo modelo es una pequeña carpeta junto a aquel del que aprendió; el panel lo muestra con su nombre, responde con él y puede borrarlo.

Escenas: rásters con un sistema de referencia de coordenadas. Etiquetas: polígonos con un campo que da nombre a su clase, de diez a veinte por clase, repartidos por las escenas; o, para una sola escena, un ráster sobre sus píxeles cuyos valores son clases, con nombres como 1=water; 2=heath (si se deja vacío, los de su leyenda; 0 y los valores sin datos no están etiquetados). Dé a las clases los nombres con que preguntará por ellas, en inglés.
Minutos: cuánto tiempo puede aprender, aproximadamente; los valores del principio y del final requieren algo más. No queda nada de una ejecución cancelada.

Al principio se reserva una parte de las etiquetas. IOU_BEFORE e IOU_AFTER son el IoU medio de las clases en ella, del modelo tal como era (para una clase nueva: de la clase conocida que mejor se ajusta a ella) y de uno entrenado con las demás etiquetas; después, el nuevo modelo se entrena con todas. Un terreno cercano es más fácil que otra región: mire las máscaras antes de fiarse de un valor. El registro contiene los valores clase por clase y qué ha sido de las clases que el modelo ya conocía.</translation>
    </message>
    <message>
        <source>The new model</source>
        <translation>El nuevo modelo</translation>
    </message>
    <message>
        <source>train,training,finetune,fine-tuning,learn,teach,samples,polygons,classes,classification,land cover,segmentation,model,AI</source>
        <translation>entrenar,entrenamiento,ajuste fino,aprender,enseñar,muestras,polígonos,clases,clasificación,cobertura del suelo,segmentación,modelo,IA</translation>
    </message>
    <message>
        <source>{what}: {before} before, {after} after</source>
        <translation>{what}: {before} antes, {after} después</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>&amp;Ask a question</source>
        <translation>&amp;Hacer una pregunta</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Eliminar…</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Inicio</translation>
    </message>
    <message>
        <source>Cancelled; what has been fetched is kept.</source>
        <translation>Cancelado; lo ya descargado se conserva.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>Copiar &amp;diagnóstico</translation>
    </message>
    <message>
        <source>Looking at {path}</source>
        <translation>Comprobando {path}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Remove the runtime?</source>
        <translation>¿Eliminar el motor?</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Eliminando</translation>
    </message>
    <message>
        <source>The environment and the packages that were fetched for it go. They can be installed again.</source>
        <translation>Se eliminarán el entorno y los paquetes descargados para él. Se pueden volver a instalar.</translation>
    </message>
    <message>
        <source>What TerraScope needs</source>
        <translation>Lo que necesita TerraScope</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>¿Qué es esto?</translation>
    </message>
</context>
<context>
    <name>FollowUp</name>
    <message>
        <source>Follow-up question</source>
        <translation>Pregunta de seguimiento</translation>
    </message>
    <message>
        <source>The question is about the scene and the extent of the last answer, and knows what was asked before: “How far is it from the trees?”</source>
        <translation>La pregunta trata de la escena y la extensión de la última respuesta, y tiene en cuenta lo preguntado antes: «How far is it from the trees?»</translation>
    </message>
</context>
<context>
    <name>HistoryMenu</name>
    <message>
        <source>History…</source>
        <translation>Historial…</translation>
    </message>
    <message>
        <source>Questions that were asked before</source>
        <translation>Preguntas hechas anteriormente</translation>
    </message>
</context>
<context>
    <name>HistoryPopup</name>
    <message>
        <source>Clear history</source>
        <translation>Limpiar historial</translation>
    </message>
    <message>
        <source>Questions that were asked before</source>
        <translation>Preguntas hechas anteriormente</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Buscar en el historial</translation>
    </message>
</context>
<context>
    <name>InstallView</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Cancelar</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Registro</translation>
    </message>
    <message>
        <source>Log of the installation</source>
        <translation>Registro de la instalación</translation>
    </message>
</context>
<context>
    <name>InstallWays</name>
    <message>
        <source>&amp;Folder of wheels (no network)</source>
        <translation>Carpeta de &amp;wheels (sin red)</translation>
    </message>
    <message>
        <source>&amp;Python of an environment of your own</source>
        <translation>&amp;Python de un entorno propio</translation>
    </message>
    <message>
        <source>Address of an index of PyTorch builds; {build} in it stands for cpu, cu126 or cu130, by the driver</source>
        <translation>Dirección de un índice de compilaciones de PyTorch; en ella, {build} representa cpu, cu126 o cu130, según el controlador</translation>
    </message>
    <message>
        <source>An environment you have made yourself; it is looked at before it is used</source>
        <translation>Un entorno creado por usted; se comprueba antes de usarlo</translation>
    </message>
    <message>
        <source>Chec&amp;k and use</source>
        <translation>Comprobar y &amp;usar</translation>
    </message>
    <message>
        <source>Folder with every package as a wheel</source>
        <translation>Carpeta con todos los paquetes en forma de wheels</translation>
    </message>
    <message>
        <source>Inde&amp;x of PyTorch builds</source>
        <translation>Índice de compi&amp;laciones de PyTorch</translation>
    </message>
    <message>
        <source>Other ways</source>
        <translation>Otros métodos</translation>
    </message>
    <message>
        <source>Python of an environment that has the runtime's packages</source>
        <translation>Python de un entorno que tiene los paquetes del motor</translation>
    </message>
    <message>
        <source>To install without a network: a folder with the wheels (*.whl) of all packages; see the manual</source>
        <translation>Para instalar sin red: una carpeta con los wheels (*.whl) de todos los paquetes; consulte el manual</translation>
    </message>
    <message>
        <source>none: from the package index</source>
        <translation>ninguna: del índice de paquetes</translation>
    </message>
    <message>
        <source>none: the package index's own build</source>
        <translation>ninguno: la compilación del propio índice de paquetes</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Add layers</source>
        <translation>Añadir capas</translation>
    </message>
    <message>
        <source>Add the layers of the answer to the project</source>
        <translation>Añadir las capas de la respuesta al proyecto</translation>
    </message>
    <message>
        <source>All layers of this answer are in the project already.</source>
        <translation>Todas las capas de esta respuesta ya están en el proyecto.</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Exportar informe</translation>
    </message>
    <message>
        <source>Export report…</source>
        <translation>Exportar informe…</translation>
    </message>
    <message>
        <source>GeoPackage</source>
        <translation>GeoPackage</translation>
    </message>
    <message>
        <source>Keep the answer as a GeoPackage with everything and a PDF of one page</source>
        <translation>Guardar la respuesta como un GeoPackage completo y un PDF de una página</translation>
    </message>
    <message>
        <source>Open an answer that was kept, with its layers</source>
        <translation>Abrir una respuesta guardada, con sus capas</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Abrir informe</translation>
    </message>
    <message>
        <source>Open report…</source>
        <translation>Abrir informe…</translation>
    </message>
    <message>
        <source>The report is kept: {geopackage} and {pdf} in {folder}.</source>
        <translation>El informe se ha guardado: {geopackage} y {pdf} en {folder}.</translation>
    </message>
    <message>
        <source>Wait until the answer is there, or cancel it.</source>
        <translation>Espere la respuesta o cancélela.</translation>
    </message>
    <message>
        <source>opened from {file}</source>
        <translation>abierto desde {file}</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>About the model</source>
        <translation>Acerca del modelo</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bandas</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Base</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Verificación</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Carpeta</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Origen</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Revisión</translation>
    </message>
    <message>
        <source>came with the plugin</source>
        <translation>incluido en el complemento</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>todavía no</translation>
    </message>
    <message>
        <source>{count} billion parameters</source>
        <translation>{count} mil millones de parámetros</translation>
    </message>
    <message>
        <source>{count} million parameters</source>
        <translation>{count} millones de parámetros</translation>
    </message>
    <message>
        <source>✓ every file is as it was published</source>
        <translation>✓ todos los archivos están como se publicaron</translation>
    </message>
    <message>
        <source>✓ fits here</source>
        <translation>✓ cabe en la memoria libre</translation>
    </message>
    <message>
        <source>✗ more than is free here</source>
        <translation>✗ más de la que hay libre aquí</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Hub &amp;sign-in</source>
        <translation>Au&amp;tenticación en el hub</translation>
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation>Autenticación en el hub</translation>
    </message>
    <message>
        <source>Only for models whose owner asks for it: a “Basic” entry with the hub's access key as password</source>
        <translation>Solo para modelos cuyo propietario la exige: una entrada «Basic» con la clave de acceso del hub como contraseña</translation>
    </message>
    <message>
        <source>Weights in &amp;memory</source>
        <translation>Pesos en &amp;memoria</translation>
    </message>
</context>
<context>
    <name>ModelTable</name>
    <message>
        <source>Memory needed</source>
        <translation>Memoria necesaria</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Tamaño</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Ubicación</translation>
    </message>
    <message>
        <source>in use, {where}</source>
        <translation>en uso, {where}</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>&amp;Add folder…</source>
        <translation>&amp;Añadir carpeta…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>&amp;Descargar…</translation>
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation>&amp;Eliminar de la lista</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Usar</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>&amp;Verificar</translation>
    </message>
    <message>
        <source>Asking what there is to fetch</source>
        <translation>Consultando lo que hay para descargar</translation>
    </message>
    <message>
        <source>Cancelled; what has been fetched is kept.</source>
        <translation>Cancelado; lo ya descargado se conserva.</translation>
    </message>
    <message>
        <source>Checking {name}</source>
        <translation>Verificando {name}</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation>&amp;Borrar…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>¿Borrar {name}?</translation>
    </message>
    <message>
        <source>Deleting {name}</source>
        <translation>Borrando {name}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Descargar</translation>
    </message>
    <message>
        <source>Download {name}?</source>
        <translation>¿Descargar {name}?</translation>
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation>Descargando {name}</translation>
    </message>
    <message>
        <source>Folder of a model</source>
        <translation>Carpeta de un modelo</translation>
    </message>
    <message>
        <source>Free there</source>
        <translation>Espacio libre</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Origen</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Destino</translation>
    </message>
    <message>
        <source>Its files in {folder} go for good.</source>
        <translation>Sus archivos en {folder} se borrarán definitivamente.</translation>
    </message>
    <message>
        <source>Its files in {folder} go; they can be fetched again.</source>
        <translation>Sus archivos en {folder} se borrarán; se pueden volver a descargar.</translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation>Buscando modelos</translation>
    </message>
    <message>
        <source>Looking into the folder</source>
        <translation>Examinando la carpeta</translation>
    </message>
    <message>
        <source>Models of a remote runtime are seen to on its machine</source>
        <translation>Los modelos de un motor remoto se gestionan en su propio equipo</translation>
    </message>
    <message>
        <source>TerraScope models</source>
        <translation>Modelos de TerraScope</translation>
    </message>
    <message>
        <source>There is no complete model in {folder}: choose one with config.json and *.safetensors.</source>
        <translation>No hay ningún modelo completo en {folder}: elija una carpeta con config.json y *.safetensors.</translation>
    </message>
    <message>
        <source>These are the models of the remote runtime; they are fetched and taught on its machine.</source>
        <translation>Estos son los modelos del motor remoto; se descargan y entrenan en su equipo.</translation>
    </message>
    <message>
        <source>To fetch</source>
        <translation>Por descargar</translation>
    </message>
    <message>
        <source>{missing} of {total}</source>
        <translation>{missing} de {total}</translation>
    </message>
    <message>
        <source>{name} is complete and can be read; nothing is known to compare its files with.</source>
        <translation>{name} está completo y se puede leer; no hay nada con lo que comparar sus archivos.</translation>
    </message>
    <message>
        <source>{name} is complete, and every file is as it was published.</source>
        <translation>{name} está completo, y todos los archivos están como se publicaron.</translation>
    </message>
    <message>
        <source>{name} was deleted.</source>
        <translation>{name} se ha borrado.</translation>
    </message>
</context>
<context>
    <name>Needs</name>
    <message>
        <source>&amp;Fetch Python, install</source>
        <translation>Descargar Python e &amp;instalar</translation>
    </message>
    <message>
        <source>&amp;Install</source>
        <translation>&amp;Instalar</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>C&amp;omprobar</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>C&amp;omprobar de nuevo</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelos…</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Rein&amp;tentar</translation>
    </message>
    <message>
        <source>&amp;Update</source>
        <translation>&amp;Actualizar</translation>
    </message>
    <message>
        <source>Being installed; QGIS can be used meanwhile.</source>
        <translation>Instalación en curso; mientras tanto se puede usar QGIS.</translation>
    </message>
    <message>
        <source>Being looked at…</source>
        <translation>Comprobando…</translation>
    </message>
    <message>
        <source>Chosen by hand: {path}</source>
        <translation>Elegido manualmente: {path}</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Installed in the QGIS profile</source>
        <translation>Instalado en el perfil de QGIS</translation>
    </message>
    <message>
        <source>Known when the environment is there.</source>
        <translation>Se conocerá cuando exista el entorno.</translation>
    </message>
    <message>
        <source>Make an environment in the QGIS profile and use that instead</source>
        <translation>Crear un entorno en el perfil de QGIS y usarlo en lugar de este</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Named by TERRASCOPE_RUNTIME_PYTHON: {path}</source>
        <translation>Indicado por TERRASCOPE_RUNTIME_PYTHON: {path}</translation>
    </message>
    <message>
        <source>Not installed yet. A Python environment of its own in your QGIS profile (about 1 GB, several with CUDA); nothing of QGIS is changed.</source>
        <translation>Aún sin instalar. Un entorno de Python propio en su perfil de QGIS (alrededor de 1 GB, varios con CUDA); en QGIS no se modifica nada.</translation>
    </message>
    <message>
        <source>Not looked at yet.</source>
        <translation>Aún sin comprobar.</translation>
    </message>
    <message>
        <source>Of the plugin's own folder: {path}</source>
        <translation>De la carpeta del complemento: {path}</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Procesador</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Motor</translation>
    </message>
    <message>
        <source>TerraScope was updated, and the environment is for an earlier version.</source>
        <translation>TerraScope se ha actualizado, y el entorno es de una versión anterior.</translation>
    </message>
    <message>
        <source>The folder of {name} is gone</source>
        <translation>La carpeta de {name} ha desaparecido</translation>
    </message>
    <message>
        <source>There is no Python at {path}, which was chosen by hand.</source>
        <translation>No hay ningún Python en {path}, que se eligió manualmente.</translation>
    </message>
    <message>
        <source>other versions than were tested: {names}</source>
        <translation>versiones distintas de las probadas: {names}</translation>
    </message>
    <message>
        <source>{name} has not been fetched yet</source>
        <translation>{name} aún no se ha descargado</translation>
    </message>
    <message>
        <source>{name} is missing: install again</source>
        <translation>falta {name}: vuelva a instalar</translation>
    </message>
    <message>
        <source>{name}, comes with the plugin</source>
        <translation>{name}, incluido en el complemento</translation>
    </message>
    <message>
        <source>{name}, fetched</source>
        <translation>{name}, descargado</translation>
    </message>
    <message>
        <source>{name}, in a folder of yours</source>
        <translation>{name}, en una carpeta propia</translation>
    </message>
    <message>
        <source>{name}, {memory} of memory free</source>
        <translation>{name}, {memory} de memoria libre</translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Dispositivo</translation>
    </message>
    <message>
        <source>&amp;Ellipsoid</source>
        <translation>&amp;Elipsoide</translation>
    </message>
    <message>
        <source>&amp;Folder for results</source>
        <translation>&amp;Carpeta de resultados</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <translation>&amp;Python</translation>
    </message>
    <message>
        <source>&amp;Reasoning</source>
        <translation>&amp;Razonamiento</translation>
    </message>
    <message>
        <source>&amp;Stretch</source>
        <translation>Rea&amp;lce</translation>
    </message>
    <message>
        <source>&amp;Units shown</source>
        <translation>&amp;Unidades mostradas</translation>
    </message>
    <message>
        <source>Add the layers of an answer to the project by themselves</source>
        <translation>Añadir automáticamente las capas de una respuesta al proyecto</translation>
    </message>
    <message>
        <source>Another language appears with the next start of QGIS.</source>
        <translation>El nuevo idioma aparece la próxima vez que se inicie QGIS.</translation>
    </message>
    <message>
        <source>As in QGIS's locale</source>
        <translation>Como en la configuración regional de QGIS</translation>
    </message>
    <message>
        <source>As in the paper</source>
        <translation>Como en el artículo</translation>
    </message>
    <message>
        <source>As the published weights were run</source>
        <translation>Como se ejecutaron los pesos publicados</translation>
    </message>
    <message>
        <source>Automatic: a GPU where there is one</source>
        <translation>Automático: una GPU, si la hay</translation>
    </message>
    <message>
        <source>Automatic: reflectance where it is known</source>
        <translation>Automático: reflectancia, cuando se conoce</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Métricas</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>Plugin</source>
        <translation>Complemento</translation>
    </message>
    <message>
        <source>Processor (cpu)</source>
        <translation>Procesador (cpu)</translation>
    </message>
    <message>
        <source>Relative: 2 to 98 percentile of each band</source>
        <translation>Relativo: percentiles 2 a 98 de cada banda</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Motor</translation>
    </message>
    <message>
        <source>Runtime…</source>
        <translation>Motor…</translation>
    </message>
    <message>
        <source>Scenes and measures</source>
        <translation>Escenas y medidas</translation>
    </message>
    <message>
        <source>That of QGIS</source>
        <translation>El de QGIS</translation>
    </message>
    <message>
        <source>That of the project</source>
        <translation>El del proyecto</translation>
    </message>
    <message>
        <source>That of the scene</source>
        <translation>El de la escena</translation>
    </message>
    <message>
        <source>The folder for results, {path}, is no whole path: choose it again.</source>
        <translation>La carpeta de resultados, {path}, no es una ruta completa: elíjala de nuevo.</translation>
    </message>
    <message>
        <source>There is no Python at {path}: choose it again, or leave the field empty.</source>
        <translation>No hay ningún Python en {path}: elíjalo de nuevo o deje el campo vacío.</translation>
    </message>
    <message>
        <source>US (acres, feet, miles)</source>
        <translation>EE. UU. (acres, pies, millas)</translation>
    </message>
    <message>
        <source>Weights in &amp;memory</source>
        <translation>Pesos en &amp;memoria</translation>
    </message>
    <message>
        <source>{path} is a file: choose a folder for results.</source>
        <translation>{path} es un archivo: elija una carpeta para los resultados.</translation>
    </message>
    <message>
        <source>“{name}” is no device: use auto, cpu, mps, cuda, or cuda: and a number.</source>
        <translation>«{name}» no es un dispositivo: use auto, cpu, mps, cuda, o cuda: y un número.</translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>How many hectares of water are there?</source>
        <translation>En inglés, por ejemplo: How many hectares of water are there?</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Pregunta</translation>
    </message>
</context>
<context>
    <name>RasterChoice</name>
    <message>
        <source>A file, a folder (SAFE, Landsat, one-band files), and more</source>
        <translation>Un archivo, una carpeta (SAFE, Landsat, archivos de una banda) y más</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Elegir un archivo…</translation>
    </message>
    <message>
        <source>Choose a folder of bands…</source>
        <translation>Elegir una carpeta de bandas…</translation>
    </message>
    <message>
        <source>Choose a raster file</source>
        <translation>Elegir un archivo ráster</translation>
    </message>
    <message>
        <source>Choose the folder of a scene</source>
        <translation>Elegir la carpeta de una escena</translation>
    </message>
</context>
<context>
    <name>RemoteGroup</name>
    <message>
        <source>&amp;Test connection</source>
        <translation>Pro&amp;bar conexión</translation>
    </message>
    <message>
        <source>A “Basic” entry with the runtime's key as its password</source>
        <translation>Una entrada «Basic» con la clave del motor como contraseña</translation>
    </message>
    <message>
        <source>Add&amp;ress</source>
        <translation>Direcció&amp;n</translation>
    </message>
    <message>
        <source>Address of the remote runtime</source>
        <translation>Dirección del motor remoto</translation>
    </message>
    <message>
        <source>Choose the sign-in with the remote runtime's key, or leave its address empty.</source>
        <translation>Elija la autenticación que contiene la clave del motor remoto, o deje vacía su dirección.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Conectando…</translation>
    </message>
    <message>
        <source>None: this machine computes</source>
        <translation>Ninguno: calcula este equipo</translation>
    </message>
    <message>
        <source>Runtime on another machine</source>
        <translation>Motor en otro equipo</translation>
    </message>
    <message>
        <source>Sign-&amp;in</source>
        <translation>&amp;Autenticación</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Autenticación</translation>
    </message>
    <message>
        <source>https://host:port, or http://127.0.0.1:port at this end of an SSH tunnel. Scenes are sent there.</source>
        <translation>https://host:puerto, o http://127.0.0.1:puerto en este extremo de un túnel SSH. Las escenas se envían allí.</translation>
    </message>
</context>
<context>
    <name>RuntimeStatusAlgorithm</name>
    <message>
        <source>Asking the runtime; it is started if it does not run.</source>
        <translation>Consultando el motor; se inicia si no está en marcha.</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Ocupado</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Memory that the chosen model needs (MB)</source>
        <translation>Memoria que necesita el modelo elegido (MB)</translation>
    </message>
    <message>
        <source>Models in memory</source>
        <translation>Modelos en memoria</translation>
    </message>
    <message>
        <source>Models that can answer</source>
        <translation>Modelos que pueden responder</translation>
    </message>
    <message>
        <source>On another machine</source>
        <translation>En otro equipo</translation>
    </message>
    <message>
        <source>Questions running and waiting</source>
        <translation>Preguntas en curso y en espera</translation>
    </message>
    <message>
        <source>Runtime status</source>
        <translation>Estado del motor</translation>
    </message>
    <message>
        <source>Runtime {version} on {device}, protocol {protocol}, {jobs} question(s) running and waiting</source>
        <translation>Motor {version} en {device}, protocolo {protocol}, {jobs} pregunta(s) en curso y en espera</translation>
    </message>
    <message>
        <source>Tells which runtime answers, and starts it if it does not run: use it to see whether the installation is complete, or first in a model or script. It has no parameters. It fails, and says why, when the runtime does not start.

VERSION: of the runtime. DEVICE: what it computes on. BUSY, JOBS: whether, and how many questions it answers or has waiting. REMOTE: whether it is on another machine. MODELS: names of the models that can answer, in lines. LOADED: those of them that are in memory. MEMORY_MB: what the model of the settings is estimated to need, in millions of bytes, as it is set to be kept in memory (0: it is not known). The log has more of each model.</source>
        <translation>Indica qué motor responde, y lo inicia si no está en marcha: úselo para ver si la instalación está completa, o al principio de un modelo o script. No tiene parámetros. Falla, e indica el motivo, cuando el motor no se inicia.

VERSION: del motor. DEVICE: dónde calcula. BUSY, JOBS: si está ocupado y cuántas preguntas responde o tiene en espera. REMOTE: si está en otro equipo. MODELS: nombres de los modelos que pueden responder, uno por línea. LOADED: los que están en memoria. MEMORY_MB: lo que se estima que necesita el modelo de la configuración, en millones de bytes, tal como está previsto mantenerlo en memoria (0: no se conoce). El registro contiene más información de cada modelo.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Versión</translation>
    </message>
    <message>
        <source>in memory</source>
        <translation>en memoria</translation>
    </message>
    <message>
        <source>runtime,status,version,device,GPU,CUDA,models,memory,check,AI</source>
        <translation>motor,estado,versión,dispositivo,GPU,CUDA,modelos,memoria,comprobar,IA</translation>
    </message>
</context>
<context>
    <name>SegmentClassesAlgorithm</name>
    <message>
        <source>Areas</source>
        <translation>Áreas</translation>
    </message>
    <message>
        <source>Class raster</source>
        <translation>Ráster de clases</translation>
    </message>
    <message>
        <source>Classes, one in each line</source>
        <translation>Clases, una por línea</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Cobertura del suelo</translation>
    </message>
    <message>
        <source>Makes a land-cover map of the classes that are named, with the hectares of each.

Scene, SAR, Extent: as in “Ask about a scene”. Classes: one in each line, in English; the bundled model knows water, trees, cropland, grassland, built-up area, bare ground, snow and ice, wetland, cloud, and those it was taught. Words for them that it knows, like forest, are taken for them.

Each class is marked by itself. Where two of them overlap, the ground belongs to the one whose mask has the higher score, so every pixel has one class or none.
Output: polygons, one for each connected part, with class (number of the class), phrase (its name), area_ha, area_uncertainty_ha (half a pixel either side of the boundary), coverage_pct (of what the scene shows), pixels, and score (of the whole class, 0 to 1). Areas: a table with a row for each class, also of those that were not found. Class raster: on the scene's own grid, with the numbers of the classes; 0 is none of them, or nothing to see. Page: the table for people (HTML). MAPPED_HA, MAPPED_PCT: all classes together.

Hectares are measured on the raster's own grid and ellipsoid and are exact for the mask. Whether the mask is right is another matter: look at it before you rely on a figure.</source>
        <translation>Crea un mapa de cobertura del suelo de las clases indicadas, con las hectáreas de cada una.

Escena, SAR, Extensión: como en «Preguntar sobre una escena». Clases: una por línea, en inglés; el modelo incluido conoce water, trees, cropland, grassland, built-up area, bare ground, snow and ice, wetland, cloud y las que se le enseñaron. Las palabras que conoce para ellas, como forest, se toman por ellas.

Cada clase se marca por separado. Donde se superponen dos, el terreno pertenece a aquella cuya máscara tiene la mayor puntuación; así, cada píxel tiene una clase o ninguna.
Salida: polígonos, uno por cada parte contigua, con class (número de la clase), phrase (su nombre), area_ha, area_uncertainty_ha (medio píxel a cada lado del límite), coverage_pct (de lo que muestra la escena), pixels y score (de toda la clase, de 0 a 1). Áreas: una tabla con una fila por cada clase, también de las que no se encontraron. Ráster de clases: en la cuadrícula de la propia escena, con los números de las clases; 0 es ninguna de ellas, o nada visible. Página: la tabla para su lectura (HTML). MAPPED_HA, MAPPED_PCT: todas las clases juntas.

Las hectáreas se miden sobre la cuadrícula y el elipsoide del propio ráster y son exactas para la máscara. Si la máscara es correcta es otra cuestión: mírela antes de fiarse de un valor.</translation>
    </message>
    <message>
        <source>Map land cover</source>
        <translation>Cartografiar la cobertura del suelo</translation>
    </message>
    <message>
        <source>Mapped (ha)</source>
        <translation>Cartografiado (ha)</translation>
    </message>
    <message>
        <source>Mapped share of the scene (%)</source>
        <translation>Proporción cartografiada de la escena (%)</translation>
    </message>
    <message>
        <source>Page of areas</source>
        <translation>Página de áreas</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Escena</translation>
    </message>
    <message>
        <source>There is no class yet: write one in each line.</source>
        <translation>Todavía no hay ninguna clase: escriba una por línea.</translation>
    </message>
    <message>
        <source>land cover,land use,classification,segmentation,classes,map,polygonise,area,hectares,water,forest,AI</source>
        <translation>cobertura del suelo,cobertura de la tierra,uso del suelo,clasificación,segmentación,clases,mapa,poligonizar,área,superficie,hectáreas,agua,bosque,IA</translation>
    </message>
    <message>
        <source>{count} classes are more than can be mapped at once: name up to {most}.</source>
        <translation>{count} clases son más de las que se pueden cartografiar a la vez: indique {most} como máximo.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({why}): choose another place.</source>
        <translation>No se puede escribir {name} ({why}): elija otro lugar.</translation>
    </message>
</context>
<context>
    <name>StateRow</name>
    <message>
        <source>being looked at</source>
        <translation>comprobando</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>falta</translation>
    </message>
    <message>
        <source>needs attention</source>
        <translation>requiere atención</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>aún desconocido</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>listo</translation>
    </message>
</context>
<context>
    <name>StoreProgress</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Cancelar</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
</context>
<context>
    <name>Swatch</name>
    <message>
        <source>Preview of the bands</source>
        <translation>Previsualización de las bandas</translation>
    </message>
</context>
<context>
    <name>Teach</name>
    <message>
        <source>Show on the map what is where: the answer follows at once</source>
        <translation>Muestre en el mapa qué hay en cada lugar: la respuesta se actualiza al momento</translation>
    </message>
    <message>
        <source>Teach it here</source>
        <translation>Enseñar aquí</translation>
    </message>
    <message>
        <source>Teaching draws the masks anew; your corrections stay in {file}.</source>
        <translation>Al enseñar se vuelven a dibujar las máscaras; sus correcciones permanecen en {file}.</translation>
    </message>
    <message>
        <source>taught with {examples}</source>
        <translation>enseñado con {examples}</translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message>
        <source>Choose a class of the answer, or write what the place shows</source>
        <translation>Elija una clase de la respuesta, o escriba lo que muestra el lugar</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Limpiar</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminar</translation>
    </message>
    <message>
        <source>Draw around it, corner by corner</source>
        <translation>Dibujar el contorno, vértice a vértice</translation>
    </message>
    <message>
        <source>End teaching (Escape on the map)</source>
        <translation>Terminar de enseñar (Esc en el mapa)</translation>
    </message>
    <message>
        <source>On the map: left click, it is here; right click, it is not; Shift and drag, an area.</source>
        <translation>En el mapa: clic izquierdo, está aquí; clic derecho, no está aquí; Mayús y arrastrar, un área.</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Contorno</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Take all examples back</source>
        <translation>Retirar todos los ejemplos</translation>
    </message>
    <message>
        <source>Take the last example back (Ctrl+Z on the map)</source>
        <translation>Retirar el último ejemplo (Ctrl+Z en el mapa)</translation>
    </message>
    <message>
        <source>The answer follows…</source>
        <translation>Actualizando la respuesta…</translation>
    </message>
    <message>
        <source>The date you show it on</source>
        <translation>La fecha en la que se muestra</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>What you show</source>
        <translation>Lo que se muestra</translation>
    </message>
</context>
<context>
    <name>TemplateMenu</name>
    <message>
        <source>Templates…</source>
        <translation>Plantillas…</translation>
    </message>
    <message>
        <source>Ways of asking that the model knows, with classes to fill in</source>
        <translation>Formas de preguntar que el modelo conoce, con clases por rellenar</translation>
    </message>
    <message>
        <source>{task} (several dates)</source>
        <translation>{task} (varias fechas)</translation>
    </message>
</context>
<context>
    <name>TerraScope</name>
    <message>
        <source>&amp;Look</source>
        <translation>C&amp;omprobar</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>C&amp;omprobar de nuevo</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelos…</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Rein&amp;tentar</translation>
    </message>
    <message>
        <source>1 example</source>
        <translation>1 ejemplo</translation>
    </message>
    <message>
        <source>A build with CUDA may need 11 GB in all; less is free.</source>
        <translation>Una compilación con CUDA puede necesitar 11 GB en total; hay menos espacio libre.</translation>
    </message>
    <message>
        <source>A pattern chooses among the files of a folder: give a folder, or no pattern.</source>
        <translation>Un patrón elige entre los archivos de una carpeta: indique una carpeta, o ningún patrón.</translation>
    </message>
    <message>
        <source>Above the no-change floor</source>
        <translation>Sobre el umbral de no cambio</translation>
    </message>
    <message>
        <source>Another QGIS is installing the runtime into this profile: wait for it.</source>
        <translation>Otro QGIS está instalando el motor en este perfil: espere a que termine.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>Respuesta: {answer}</translation>
    </message>
    <message>
        <source>Answered {time} with {versions}</source>
        <translation>Respondido el {time} con {versions}</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Área</translation>
    </message>
    <message>
        <source>Area (ha)</source>
        <translation>Área (ha)</translation>
    </message>
    <message>
        <source>Area of each mask: {figures}.</source>
        <translation>Área de cada máscara: {figures}.</translation>
    </message>
    <message>
        <source>Area over the dates, on the ground that all of them show: {figures}.</source>
        <translation>Área a lo largo de las fechas, en el terreno que muestran todas: {figures}.</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Preguntar</translation>
    </message>
    <message>
        <source>Ask a question about a scene</source>
        <translation>Hacer una pregunta sobre una escena</translation>
    </message>
    <message>
        <source>Asks through a tunnel, port {port}</source>
        <translation>Consulta por un túnel, puerto {port}</translation>
    </message>
    <message>
        <source>Asks {host}</source>
        <translation>Consulta {host}</translation>
    </message>
    <message>
        <source>Asks {url}</source>
        <translation>Consulta {url}</translation>
    </message>
    <message>
        <source>Automatic: the best that fits</source>
        <translation>Automático: el mejor que quepa</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Por lotes</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Adyacencia</translation>
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation>Incertidumbre de los límites (± ha)</translation>
    </message>
    <message>
        <source>CRS as in the GeoPackage</source>
        <translation>SRC como en el GeoPackage</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Cancelado.</translation>
    </message>
    <message>
        <source>Capture layers that are no files at (metres per pixel; empty: their own)</source>
        <translation>Capturar las capas que no son archivos a (metros por píxel; vacío: la resolución de cada una)</translation>
    </message>
    <message>
        <source>Capturing {name}</source>
        <translation>Capturando {name}</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Cambio</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Cambios</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Compiling packages, so that they start quickly</source>
        <translation>Compilación de los paquetes, para que se inicien rápidamente</translation>
    </message>
    <message>
        <source>Computed as {how}.</source>
        <translation>Calculado como {how}.</translation>
    </message>
    <message>
        <source>Connecting to the remote runtime</source>
        <translation>Conexión con el motor remoto</translation>
    </message>
    <message>
        <source>Connecting to {url}…</source>
        <translation>Conectando con {url}…</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Recuento</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Cobertura</translation>
    </message>
    <message>
        <source>Date {number} has no scene: choose one, or remove the date.</source>
        <translation>La fecha {number} no tiene escena: elija una, o elimine la fecha.</translation>
    </message>
    <message>
        <source>Days, like 2017-06-04; 2018-03-30 (empty: from metadata and names)</source>
        <translation>Días, por ejemplo 2017-06-04; 2018-03-30 (vacío: de los metadatos y los nombres)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distancia</translation>
    </message>
    <message>
        <source>Distance, centroids (m)</source>
        <translation>Distancia, centroides (m)</translation>
    </message>
    <message>
        <source>Distance, edge to edge (m)</source>
        <translation>Distancia, borde a borde (m)</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>Distancias</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Evidencias</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Extensión</translation>
    </message>
    <message>
        <source>Fetching Python</source>
        <translation>Descarga de Python</translation>
    </message>
    <message>
        <source>Fetching packages</source>
        <translation>Descarga de los paquetes</translation>
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation>Descarga de {name}</translation>
    </message>
    <message>
        <source>Fetching {package}</source>
        <translation>Descarga de {package}</translation>
    </message>
    <message>
        <source>Fewer bytes need less memory, and masks and answers become less exact</source>
        <translation>Con menos bytes se necesita menos memoria, y las máscaras y las respuestas pierden exactitud</translation>
    </message>
    <message>
        <source>Figures follow the masks as they were corrected by hand on {time}; </source>
        <translation>Los valores siguen las máscaras tal como se corrigieron a mano el {time}; </translation>
    </message>
    <message>
        <source>Files of {names} are missing or changed, perhaps by an anti-virus program: install again.</source>
        <translation>Faltan archivos de {names} o se han modificado, quizá por un antivirus: vuelva a instalar.</translation>
    </message>
    <message>
        <source>From image</source>
        <translation>De la imagen</translation>
    </message>
    <message>
        <source>From step</source>
        <translation>Del paso</translation>
    </message>
    <message>
        <source>Further dates</source>
        <translation>Otras fechas</translation>
    </message>
    <message>
        <source>Further dates: SAR, in the same order</source>
        <translation>Otras fechas: SAR, en el mismo orden</translation>
    </message>
    <message>
        <source>Further dates: cloud layers, in the same order</source>
        <translation>Otras fechas: capas de nubes, en el mismo orden</translation>
    </message>
    <message>
        <source>Further dates: folders of bands (name a file in each, like *_MTL.txt)</source>
        <translation>Otras fechas: carpetas de bandas (indique un archivo de cada una, por ejemplo *_MTL.txt)</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Give one of the three: scenes, a folder, or a table of scenes.</source>
        <translation>Indique una de las tres cosas: escenas, una carpeta o una tabla de escenas.</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>Hidden by clouds</source>
        <translation>Oculto por nubes</translation>
    </message>
    <message>
        <source>How well it finds them on other places, with {bands}</source>
        <translation>Calidad de detección en otros lugares, con {bands}</translation>
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation>Autenticación en el hub</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Images over two pixels apart</source>
        <translation>Imágenes separadas más de dos píxeles</translation>
    </message>
    <message>
        <source>Installed only in part, again: {name}</source>
        <translation>Instalado solo en parte, se repite: {name}</translation>
    </message>
    <message>
        <source>Installing packages</source>
        <translation>Instalación de los paquetes</translation>
    </message>
    <message>
        <source>IoU on held-out ground {before} → {after}</source>
        <translation>IoU en zonas de validación {before} → {after}</translation>
    </message>
    <message>
        <source>IoU {iou}, coverage ± {error}</source>
        <translation>IoU {iou}, cobertura ± {error}</translation>
    </message>
    <message>
        <source>It is a picture: its colours are no reflectance.</source>
        <translation>Es una imagen ya dibujada: sus colores no son reflectancia.</translation>
    </message>
    <message>
        <source>Judgement</source>
        <translation>Valoración</translation>
    </message>
    <message>
        <source>Known when the runtime answers.</source>
        <translation>Se conocerá cuando responda el motor.</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Cobertura del suelo</translation>
    </message>
    <message>
        <source>Land cover per polygon</source>
        <translation>Cobertura del suelo por polígono</translation>
    </message>
    <message>
        <source>Larger of two</source>
        <translation>El mayor de dos</translation>
    </message>
    <message>
        <source>Leave out parts smaller than (ha)</source>
        <translation>Excluir partes menores que (ha)</translation>
    </message>
    <message>
        <source>Looked at twice</source>
        <translation>Examinado dos veces</translation>
    </message>
    <message>
        <source>Looking at the package index</source>
        <translation>Consulta del índice de paquetes</translation>
    </message>
    <message>
        <source>Looking at this computer</source>
        <translation>Examen de este equipo</translation>
    </message>
    <message>
        <source>Looking for Python 3.11, 3.12 or 3.13</source>
        <translation>Búsqueda de Python 3.11, 3.12 o 3.13</translation>
    </message>
    <message>
        <source>Making the environment</source>
        <translation>Creación del entorno</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Cartografiar</translation>
    </message>
    <message>
        <source>Mask score (0-1)</source>
        <translation>Puntuación de la máscara (0-1)</translation>
    </message>
    <message>
        <source>Masks corrected by hand, and their figures measured again, {time}</source>
        <translation>Máscaras corregidas a mano, y sus valores medidos de nuevo, el {time}</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Medido</translation>
    </message>
    <message>
        <source>Measured on the ellipsoid {ellipsoid}; ± is half a pixel along the boundary.</source>
        <translation>Medido sobre el elipsoide {ellipsoid}; ± es medio píxel a lo largo del límite.</translation>
    </message>
    <message>
        <source>Model folder or name (empty: the model of the settings)</source>
        <translation>Carpeta o nombre del modelo (vacío: el modelo de la configuración)</translation>
    </message>
    <message>
        <source>Model: {figure}</source>
        <translation>Modelo: {figure}</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelos…</translation>
    </message>
    <message>
        <source>Names of its scenes, like *.tif or **/*_B04.tif (empty: all rasters)</source>
        <translation>Nombres de sus escenas, por ejemplo *.tif o **/*_B04.tif (vacío: todos los rásters)</translation>
    </message>
    <message>
        <source>No NVIDIA driver was found, so the processor computes. The package index has only the large CUDA build for Linux (2.7 GB to fetch); name an index of CPU builds under “Other ways” to fetch 0.2 GB instead.</source>
        <translation>No se ha encontrado ningún controlador de NVIDIA, así que calcula el procesador. Para Linux, el índice de paquetes solo tiene la compilación CUDA, que es grande (2,7 GB de descarga); indique un índice de compilaciones para CPU en «Otros métodos» para descargar solo 0,2 GB.</translation>
    </message>
    <message>
        <source>No NVIDIA driver was found: PyTorch's build for the processor.</source>
        <translation>No se ha encontrado ningún controlador de NVIDIA: compilación de PyTorch para el procesador.</translation>
    </message>
    <message>
        <source>No Python 3.11, 3.12 or 3.13 (64 bits) was found. Install one from python.org or your system's packages, or let the installer fetch one.</source>
        <translation>No se ha encontrado ningún Python 3.11, 3.12 o 3.13 (64 bits). Instale uno de python.org o de los paquetes de su sistema, o deje que el instalador descargue uno.</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Sin datos</translation>
    </message>
    <message>
        <source>No data in at least one image</source>
        <translation>Sin datos en al menos una imagen</translation>
    </message>
    <message>
        <source>No secure connection can be made to {url}: see Details.</source>
        <translation>No se puede establecer una conexión segura con {url}: vea los detalles.</translation>
    </message>
    <message>
        <source>No style for {layer}: {why}</source>
        <translation>No hay estilo para {layer}: {why}</translation>
    </message>
    <message>
        <source>None of the polygons “{name}” has a class in the field {field}: fill it in.</source>
        <translation>Ninguno de los polígonos «{name}» tiene una clase en el campo {field}: rellénelo.</translation>
    </message>
    <message>
        <source>Not seen</source>
        <translation>No visto</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notas</translation>
    </message>
    <message>
        <source>Nothing could be captured of the layer “{name}”: check that QGIS shows it there.</source>
        <translation>No se pudo capturar nada de la capa «{name}»: compruebe que QGIS la muestra ahí.</translation>
    </message>
    <message>
        <source>Nothing listens at {url}: is the tunnel open?</source>
        <translation>Nada escucha en {url}: ¿está abierto el túnel?</translation>
    </message>
    <message>
        <source>Nothing listens at {url}: start the runtime there, and check the port.</source>
        <translation>Nada escucha en {url}: inicie allí el motor y compruebe el puerto.</translation>
    </message>
    <message>
        <source>On another machine: {url}</source>
        <translation>En otro equipo: {url}</translation>
    </message>
    <message>
        <source>Optical and SAR of one date together</source>
        <translation>Óptico y SAR de una misma fecha, conjuntamente</translation>
    </message>
    <message>
        <source>Or a table of scene, sar, dates, question (CSV), or STAC items (JSON)</source>
        <translation>O una tabla de scene, sar, dates, question (CSV), o elementos STAC (JSON)</translation>
    </message>
    <message>
        <source>Or all scenes of a folder</source>
        <translation>O todas las escenas de una carpeta</translation>
    </message>
    <message>
        <source>Over the dates</source>
        <translation>A lo largo de las fechas</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Píxeles</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ubicación</translation>
    </message>
    <message>
        <source>Polygon {number}.</source>
        <translation>Polígono {number}.</translation>
    </message>
    <message>
        <source>Preparing the installer</source>
        <translation>Preparación del instalador</translation>
    </message>
    <message>
        <source>PyTorch comes from the index you named, build {build}.</source>
        <translation>PyTorch procede del índice indicado, compilación {build}.</translation>
    </message>
    <message>
        <source>PyTorch's CUDA build suits it.</source>
        <translation>La compilación CUDA de PyTorch es adecuada.</translation>
    </message>
    <message>
        <source>PyTorch's build for macOS; it uses Apple's GPU where there is one.</source>
        <translation>Compilación de PyTorch para macOS; usa la GPU de Apple, si la hay.</translation>
    </message>
    <message>
        <source>Python {version}: {path}</source>
        <translation>Python {version}: {path}</translation>
    </message>
    <message>
        <source>QGIS cannot measure on the ellipsoid of {crs}: reproject the scene.</source>
        <translation>QGIS no puede medir sobre el elipsoide de {crs}: reproyecte la escena.</translation>
    </message>
    <message>
        <source>QGIS measures {here} ha for {phrase}, the report says {there} ha.</source>
        <translation>QGIS mide {here} ha para {phrase}; el informe indica {there} ha.</translation>
    </message>
    <message>
        <source>QGIS's proxy makes no connection to {url}: see Details.</source>
        <translation>El proxy de QGIS no establece conexión con {url}: vea los detalles.</translation>
    </message>
    <message>
        <source>QGIS's proxy {host} is not an HTTP proxy, and a remote runtime is reached through no other: add the runtime's address to those without proxy in Settings &gt; Options &gt; Network.</source>
        <translation>El proxy de QGIS {host} no es un proxy HTTP, y a un motor remoto solo se llega a través de uno: añada la dirección del motor a las que no usan proxy en Configuración &gt; Opciones &gt; Red.</translation>
    </message>
    <message>
        <source>QGIS's proxy {host} is not an HTTP proxy, and models can be fetched through no other: set one in Settings &gt; Options &gt; Network.</source>
        <translation>El proxy de QGIS {host} no es un proxy HTTP, y los modelos solo se pueden descargar a través de uno: defina uno en Configuración &gt; Opciones &gt; Red.</translation>
    </message>
    <message>
        <source>QGIS's trusted certificates cannot be read: check them in Settings &gt; Options &gt; Authentication.</source>
        <translation>No se pueden leer los certificados de confianza de QGIS: compruébelos en Configuración &gt; Opciones &gt; Autenticación.</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Ordenación</translation>
    </message>
    <message>
        <source>Reading {name}: {percent} %</source>
        <translation>Leyendo {name}: {percent} %</translation>
    </message>
    <message>
        <source>Reasoning profile</source>
        <translation>Perfil de razonamiento</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Región</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Eliminación</translation>
    </message>
    <message>
        <source>Report (JSON)</source>
        <translation>Informe (JSON)</translation>
    </message>
    <message>
        <source>Runtime…</source>
        <translation>Motor…</translation>
    </message>
    <message>
        <source>SAR scenes</source>
        <translation>Escenas SAR</translation>
    </message>
    <message>
        <source>Say what you show: choose a class, or write its name.</source>
        <translation>Indique lo que se muestra: elija una clase o escriba su nombre.</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Escenas</translation>
    </message>
    <message>
        <source>Scenes of over four million pixels: reason over</source>
        <translation>Escenas de más de cuatro millones de píxeles: razonar sobre</translation>
    </message>
    <message>
        <source>Sending {name}: {percent} %, {done} of {total} MB</source>
        <translation>Enviando {name}: {percent} %, {done} de {total} MB</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Share of the scene</source>
        <translation>Proporción de la escena</translation>
    </message>
    <message>
        <source>Share of the scene (%)</source>
        <translation>Proporción de la escena (%)</translation>
    </message>
    <message>
        <source>Share of tokens from SAR (0-1)</source>
        <translation>Proporción de tokens del SAR (0-1)</translation>
    </message>
    <message>
        <source>Shared edge (m)</source>
        <translation>Límite común (m)</translation>
    </message>
    <message>
        <source>Show or hide {region} on the map</source>
        <translation>Mostrar u ocultar {region} en el mapa</translation>
    </message>
    <message>
        <source>Something unexpected went wrong in the plugin: please report it with its details.</source>
        <translation>Se ha producido un error inesperado en el complemento: notifíquelo con sus detalles.</translation>
    </message>
    <message>
        <source>Starting the runtime</source>
        <translation>Inicio del motor</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Paso</translation>
    </message>
    <message>
        <source>Sure or not is how well such masks fitted where the truth is known (mean IoU, 0 to 1; {places}); your place may be unlike those.</source>
        <translation>La confianza es el ajuste de máscaras semejantes donde se conoce la verdad (IoU medio, de 0 a 1; {places}); su lugar puede ser distinto de esos.</translation>
    </message>
    <message>
        <source>Sure or not is the model's own guess of how well each mask fits (0 to 1); it is not calibrated against truth.</source>
        <translation>La confianza es la estimación del propio modelo de cómo se ajusta cada máscara (de 0 a 1); no está calibrada con la verdad terreno.</translation>
    </message>
    <message>
        <source>Tables and STAC items (*.csv *.json *.geojson)</source>
        <translation>Tablas y elementos STAC (*.csv *.json *.geojson)</translation>
    </message>
    <message>
        <source>Taught here</source>
        <translation>Enseñado aquí</translation>
    </message>
    <message>
        <source>That is beyond the scene: show a place within it.</source>
        <translation>Eso está fuera de la escena: muestre un lugar dentro de ella.</translation>
    </message>
    <message>
        <source>The CRS of the layer “{name}” was changed to {here}, its file says {there}: assign the right one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation>El SRC de la capa «{name}» se cambió a {here}; su archivo indica {there}: asigne el correcto al archivo (Ráster &gt; Proyecciones &gt; Asignar proyección).</translation>
    </message>
    <message>
        <source>The answer could not be kept in {folder}: see Details, and ask again.</source>
        <translation>No se pudo guardar la respuesta en {folder}: vea los detalles y pregunte de nuevo.</translation>
    </message>
    <message>
        <source>The certificate of {url} has expired: make a new one there.</source>
        <translation>El certificado de {url} ha caducado: cree uno nuevo allí.</translation>
    </message>
    <message>
        <source>The certificate of {url} is for another name: use the one it is made for.</source>
        <translation>El certificado de {url} es para otro nombre: use aquel para el que se creó.</translation>
    </message>
    <message>
        <source>The certificate of {url} is not trusted: import its authority in Settings &gt; Options &gt; Authentication &gt; Manage Certificates &gt; Authorities, as trusted.</source>
        <translation>El certificado de {url} no es de confianza: importe su autoridad en Configuración &gt; Opciones &gt; Autenticación &gt; Administrar certificados &gt; Autoridades, como de confianza.</translation>
    </message>
    <message>
        <source>The connection to {url} was lost; nothing was written. Ask again.</source>
        <translation>Se perdió la conexión con {url}; no se escribió nada. Pregunte de nuevo.</translation>
    </message>
    <message>
        <source>The corrected mask could not be measured: see the log.</source>
        <translation>No se pudo medir la máscara corregida: vea el registro.</translation>
    </message>
    <message>
        <source>The corrected mask was not measured: save it once more.</source>
        <translation>No se midió la máscara corregida: guárdela otra vez.</translation>
    </message>
    <message>
        <source>The extent lies where {crs} does not reach: choose another one.</source>
        <translation>La extensión está donde {crs} no alcanza: elija otra.</translation>
    </message>
    <message>
        <source>The file of the answer, {path}, is not there any more: ask again.</source>
        <translation>El archivo de la respuesta, {path}, ya no existe: pregunte de nuevo.</translation>
    </message>
    <message>
        <source>The folder {folder} for results cannot be made: choose another one.</source>
        <translation>No se puede crear la carpeta {folder} para los resultados: elija otra.</translation>
    </message>
    <message>
        <source>The folder {folder} for results cannot be written to: choose another one.</source>
        <translation>No se puede escribir en la carpeta {folder} para los resultados: elija otra.</translation>
    </message>
    <message>
        <source>The history cannot be deleted: {why}</source>
        <translation>No se puede borrar el historial: {why}</translation>
    </message>
    <message>
        <source>The history cannot be kept: {why}</source>
        <translation>No se puede guardar el historial: {why}</translation>
    </message>
    <message>
        <source>The layer {layer} is missing from the GeoPackage.</source>
        <translation>Falta la capa {layer} en el GeoPackage.</translation>
    </message>
    <message>
        <source>The layer “{name}” does not reach the extent: choose another one.</source>
        <translation>La capa «{name}» no llega a la extensión: elija otra.</translation>
    </message>
    <message>
        <source>The layer “{name}” has no coordinate reference system: assign one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation>La capa «{name}» no tiene sistema de referencia de coordenadas: asigne uno al archivo (Ráster &gt; Proyecciones &gt; Asignar proyección).</translation>
    </message>
    <message>
        <source>The layer “{name}” has no coordinate reference system: set one in its properties.</source>
        <translation>La capa «{name}» no tiene sistema de referencia de coordenadas: defina uno en sus propiedades.</translation>
    </message>
    <message>
        <source>The layer “{name}” is a picture that a server draws: give the resolution it is to be captured at, and an extent.</source>
        <translation>La capa «{name}» es una imagen que dibuja un servidor: indique la resolución de la captura y una extensión.</translation>
    </message>
    <message>
        <source>The layer “{name}” is broken: repair its source or remove it.</source>
        <translation>La capa «{name}» es defectuosa: repare su fuente o elimínela.</translation>
    </message>
    <message>
        <source>The layer “{name}” is not a local raster file ({kind}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>La capa «{name}» no es un archivo ráster local ({kind}): guárdela como GeoTIFF (Exportar &gt; Guardar como) y pregunte sobre él.</translation>
    </message>
    <message>
        <source>The layer “{name}” is not a plain file on this computer ({source}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>La capa «{name}» no es un archivo corriente de este equipo ({source}): guárdela como GeoTIFF (Exportar &gt; Guardar como) y pregunte sobre él.</translation>
    </message>
    <message>
        <source>The layer “{name}” would be captured as {width} × {height} pixels: choose a smaller extent or a coarser resolution.</source>
        <translation>La capa «{name}» se capturaría con {width} × {height} píxeles: elija una extensión menor o una resolución más gruesa.</translation>
    </message>
    <message>
        <source>The map of the report cannot be kept in {folder}: make room there.</source>
        <translation>No se puede guardar el mapa del informe en {folder}: libere espacio allí.</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>El modelo no dio ninguna respuesta.</translation>
    </message>
    <message>
        <source>The model {name} is in a folder of this machine: choose one that the remote runtime has.</source>
        <translation>El modelo {name} está en una carpeta de este equipo: elija uno que tenga el motor remoto.</translation>
    </message>
    <message>
        <source>The name {host} is not known in this network: check the address.</source>
        <translation>El nombre {host} no se conoce en esta red: compruebe la dirección.</translation>
    </message>
    <message>
        <source>The packages are there, but a system library is missing. On Windows install the Microsoft Visual C++ Redistributable (x64); on Linux see the log for its name.</source>
        <translation>Los paquetes están instalados, pero falta una biblioteca del sistema. En Windows instale Microsoft Visual C++ Redistributable (x64); en Linux vea su nombre en el registro.</translation>
    </message>
    <message>
        <source>The packages are there, but do not work together: see the log.</source>
        <translation>Los paquetes están instalados, pero no funcionan juntos: vea el registro.</translation>
    </message>
    <message>
        <source>The password of the chosen sign-in is no key of a runtime, which has 32 or more hexadecimal digits: choose another one in Settings &gt; Options &gt; TerraScope.</source>
        <translation>La contraseña de la autenticación elegida no es una clave de motor, que tiene 32 o más dígitos hexadecimales: elija otra en Configuración &gt; Opciones &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The plugin has version {ours}: update whichever is older.</source>
        <translation>El complemento tiene la versión {ours}: actualice el más antiguo de los dos.</translation>
    </message>
    <message>
        <source>The polygon does not meet the scene.</source>
        <translation>El polígono no toca la escena.</translation>
    </message>
    <message>
        <source>The polygons could not be written to {path}: {why}.</source>
        <translation>No se pudieron escribir los polígonos en {path}: {why}.</translation>
    </message>
    <message>
        <source>The polygons “{name}” have no coordinate reference system: assign one to the layer.</source>
        <translation>Los polígonos «{name}» no tienen sistema de referencia de coordenadas: asigne uno a la capa.</translation>
    </message>
    <message>
        <source>The question of this polygon is empty.</source>
        <translation>La pregunta de este polígono está vacía.</translation>
    </message>
    <message>
        <source>The remote runtime gave its answer no name: update it.</source>
        <translation>El motor remoto no dio nombre a su respuesta: actualícelo.</translation>
    </message>
    <message>
        <source>The remote runtime needs its key: choose a sign-in with it in Settings &gt; Options &gt; TerraScope.</source>
        <translation>El motor remoto necesita su clave: elija una autenticación que la contenga en Configuración &gt; Opciones &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The report could not be written to {path}: {why}.</source>
        <translation>No se pudo escribir el informe en {path}: {why}.</translation>
    </message>
    <message>
        <source>The runtime answered without writing a GeoPackage: update the plugin or its runtime.</source>
        <translation>El motor respondió sin escribir un GeoPackage: actualice el complemento o su motor.</translation>
    </message>
    <message>
        <source>The runtime at {url} does not accept the key: choose the sign-in with the right one in Settings &gt; Options &gt; TerraScope.</source>
        <translation>El motor en {url} no acepta la clave: elija la autenticación con la correcta en Configuración &gt; Opciones &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The runtime at {url} does not know itself by that name: start it with “--host {host}”.</source>
        <translation>El motor en {url} no se reconoce por ese nombre: inícielo con «--host {host}».</translation>
    </message>
    <message>
        <source>The runtime at {url} speaks protocol {theirs}, the plugin {ours}: update whichever is older.</source>
        <translation>El motor en {url} usa el protocolo {theirs}; el complemento, el {ours}: actualice el más antiguo de los dos.</translation>
    </message>
    <message>
        <source>The runtime at {url} takes no scenes: start it there with “serve --remote”.</source>
        <translation>El motor en {url} no acepta escenas: inícielo allí con «serve --remote».</translation>
    </message>
    <message>
        <source>The runtime could not be looked at: see the log.</source>
        <translation>No se pudo comprobar el motor: vea el registro.</translation>
    </message>
    <message>
        <source>The runtime could not be started: see Details.</source>
        <translation>No se pudo iniciar el motor: vea los detalles.</translation>
    </message>
    <message>
        <source>The runtime did not say where it listens: install it again.</source>
        <translation>El motor no indicó dónde escucha: vuelva a instalarlo.</translation>
    </message>
    <message>
        <source>The runtime did not start in two minutes: see Details, then ask again.</source>
        <translation>El motor no se inició en dos minutos: vea los detalles y pregunte de nuevo.</translation>
    </message>
    <message>
        <source>The runtime does not answer {path} in JSON: install it again.</source>
        <translation>El motor no responde a {path} en JSON: vuelva a instalarlo.</translation>
    </message>
    <message>
        <source>The runtime ended before it had done this (exit code {code}): see Details.</source>
        <translation>El motor terminó antes de haber hecho esto (código de salida {code}): vea los detalles.</translation>
    </message>
    <message>
        <source>The runtime ended before it was done (exit code {code}): see the log.</source>
        <translation>El motor terminó antes de acabar (código de salida {code}): vea el registro.</translation>
    </message>
    <message>
        <source>The runtime ended before the model was taught (exit code {code}): see Details.</source>
        <translation>El motor terminó antes de que el modelo estuviera entrenado (código de salida {code}): vea los detalles.</translation>
    </message>
    <message>
        <source>The runtime ended while it was starting (exit code {code}): see Details.</source>
        <translation>El motor terminó mientras se iniciaba (código de salida {code}): vea los detalles.</translation>
    </message>
    <message>
        <source>The runtime is busy: it is asked again in {seconds} s</source>
        <translation>El motor está ocupado: nuevo intento en {seconds} s</translation>
    </message>
    <message>
        <source>The runtime refused the request (HTTP {status}): see the log.</source>
        <translation>El motor rechazó la petición (HTTP {status}): vea el registro.</translation>
    </message>
    <message>
        <source>The runtime says something this plugin does not understand: update both.</source>
        <translation>El motor dice algo que este complemento no entiende: actualice ambos.</translation>
    </message>
    <message>
        <source>The runtime speaks protocol {theirs}, the plugin {ours}: update whichever is older.</source>
        <translation>El motor usa el protocolo {theirs}; el complemento, el {ours}: actualice el más antiguo de los dos.</translation>
    </message>
    <message>
        <source>The runtime stopped before it had answered; nothing was written. Ask again: it is started anew.</source>
        <translation>El motor se detuvo antes de responder; no se escribió nada. Pregunte de nuevo: se iniciará otra vez.</translation>
    </message>
    <message>
        <source>The runtime was not looked at: try again.</source>
        <translation>No se comprobó el motor: inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>The runtime's Python at {path} does not start: {why}.</source>
        <translation>El Python del motor en {path} no se inicia: {why}.</translation>
    </message>
    <message>
        <source>The runtime's Python was not found at {path}: install it with Raster &gt; TerraScope &gt; Runtime….</source>
        <translation>No se encontró el Python del motor en {path}: instálelo con Ráster &gt; TerraScope &gt; Motor….</translation>
    </message>
    <message>
        <source>The scene that this was asked about ({scene}) is not there any more: choose another.</source>
        <translation>La escena de esta pregunta ({scene}) ya no existe: elija otra.</translation>
    </message>
    <message>
        <source>The sign-in could not be read from QGIS's password store: unlock it, or choose another sign-in.</source>
        <translation>No se pudo leer la autenticación del almacén de contraseñas de QGIS: desbloquéelo, o elija otra autenticación.</translation>
    </message>
    <message>
        <source>The sign-in “{name}” holds no access key: choose one of the kind “Basic” with the key as its password.</source>
        <translation>La autenticación «{name}» no contiene una clave de acceso: elija una de tipo «Basic» con la clave como contraseña.</translation>
    </message>
    <message>
        <source>The tunnel at {url} gives no answer: is the runtime running at its other end? Nothing was written.</source>
        <translation>El túnel en {url} no responde: ¿está en marcha el motor en el otro extremo? No se escribió nada.</translation>
    </message>
    <message>
        <source>There are no wheels (*.whl) in {folder}.</source>
        <translation>No hay wheels (*.whl) en {folder}.</translation>
    </message>
    <message>
        <source>There are {given} days for {count} date(s): give one day for each date.</source>
        <translation>Hay {given} días para {count} fecha(s): indique un día para cada fecha.</translation>
    </message>
    <message>
        <source>There is no Python at {path}.</source>
        <translation>No hay ningún Python en {path}.</translation>
    </message>
    <message>
        <source>There is no polygon.</source>
        <translation>No hay ningún polígono.</translation>
    </message>
    <message>
        <source>There is no question yet: write one, or pick an example.</source>
        <translation>Todavía no hay ninguna pregunta: escriba una o elija un ejemplo.</translation>
    </message>
    <message>
        <source>There is no scene yet: add a raster layer and choose it.</source>
        <translation>Todavía no hay ninguna escena: añada una capa ráster y elíjala.</translation>
    </message>
    <message>
        <source>There is nothing at {path}: choose the file or folder again.</source>
        <translation>No hay nada en {path}: elija de nuevo el archivo o la carpeta.</translation>
    </message>
    <message>
        <source>To image</source>
        <translation>A la imagen</translation>
    </message>
    <message>
        <source>To step</source>
        <translation>Al paso</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Herramientas</translation>
    </message>
    <message>
        <source>Touching</source>
        <translation>En contacto</translation>
    </message>
    <message>
        <source>Trying it out</source>
        <translation>Prueba</translation>
    </message>
    <message>
        <source>Unpacking packages</source>
        <translation>Extracción de los paquetes</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Confianza baja</translation>
    </message>
    <message>
        <source>Version {version}, computes on {device}, takes files of up to {limit}</source>
        <translation>Versión {version}, calcula en {device}, acepta archivos de hasta {limit}</translation>
    </message>
    <message>
        <source>Visual tokens</source>
        <translation>Tokens visuales</translation>
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation>Esperando a {count} pregunta(s) más</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>Pesos en memoria</translation>
    </message>
    <message>
        <source>Weights in memory (empty: as in the settings)</source>
        <translation>Pesos en memoria (vacío: como en la configuración)</translation>
    </message>
    <message>
        <source>What answers at {url} is no TerraScope runtime: check the address and the port.</source>
        <translation>Lo que responde en {url} no es un motor de TerraScope: compruebe la dirección y el puerto.</translation>
    </message>
    <message>
        <source>What clouds hide, where there is no SAR</source>
        <translation>Lo que ocultan las nubes, donde no hay SAR</translation>
    </message>
    <message>
        <source>What listens at {url} speaks no HTTPS: check the address and the port.</source>
        <translation>Lo que escucha en {url} no usa HTTPS: compruebe la dirección y el puerto.</translation>
    </message>
    <message>
        <source>What the model says</source>
        <translation>Lo que dice el modelo</translation>
    </message>
    <message>
        <source>With {bands}</source>
        <translation>Con {bands}</translation>
    </message>
    <message>
        <source>a certificate was not accepted. Your network probably looks into encrypted connections: ask its administrator for the certificate and name its file in the environment variable SSL_CERT_FILE (and PIP_CERT), or install from a folder of wheels.</source>
        <translation>no se aceptó un certificado. Probablemente su red inspecciona las conexiones cifradas: pida el certificado a su administrador e indique su archivo en la variable de entorno SSL_CERT_FILE (y PIP_CERT), o instale desde una carpeta de wheels.</translation>
    </message>
    <message>
        <source>a file was in use, often by an anti-virus program. Wait a moment and try again; if it comes back, except the folder terrascope/runtime of your QGIS profile from the scan.</source>
        <translation>un archivo estaba en uso, a menudo por un antivirus. Espere un momento e inténtelo de nuevo; si se repite, excluya del análisis la carpeta terrascope/runtime de su perfil de QGIS.</translation>
    </message>
    <message>
        <source>a package has no file for this system and this Python. Look into the log for its name; in a folder of wheels it is missing, else install Python 3.12 and try again.</source>
        <translation>un paquete no tiene ningún archivo para este sistema y este Python. Busque su nombre en el registro; en una carpeta de wheels es el que falta; en otro caso, instale Python 3.12 e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>a package is not the one that was published. Try again; if it comes back, your package index or proxy changes files: tell its administrator.</source>
        <translation>un paquete no es el que se publicó. Inténtelo de nuevo; si se repite, su índice de paquetes o su proxy modifica los archivos: avise a su administrador.</translation>
    </message>
    <message>
        <source>a system library is missing. On Windows install the Microsoft Visual C++ Redistributable (x64); on Linux a newer system (glibc 2.28 or later) is needed.</source>
        <translation>falta una biblioteca del sistema. En Windows instale Microsoft Visual C++ Redistributable (x64); en Linux se necesita un sistema más reciente (glibc 2.28 o posterior).</translation>
    </message>
    <message>
        <source>as it has it</source>
        <translation>tal como está allí</translation>
    </message>
    <message>
        <source>as the cloud layer tells</source>
        <translation>según la capa de nubes</translation>
    </message>
    <message>
        <source>as the model sees them</source>
        <translation>según el modelo</translation>
    </message>
    <message>
        <source>bf16: two bytes a weight, as published</source>
        <translation>bf16: dos bytes por peso, como se publicó</translation>
    </message>
    <message>
        <source>centres {distance}</source>
        <translation>centros {distance}</translation>
    </message>
    <message>
        <source>change: gained</source>
        <translation>cambio: ganancia</translation>
    </message>
    <message>
        <source>change: lost</source>
        <translation>cambio: pérdida</translation>
    </message>
    <message>
        <source>corrected by hand</source>
        <translation>corregido a mano</translation>
    </message>
    <message>
        <source>distances</source>
        <translation>distancias</translation>
    </message>
    <message>
        <source>ellipsoid {name}</source>
        <translation>elipsoide {name}</translation>
    </message>
    <message>
        <source>examples: outlines</source>
        <translation>ejemplos: contornos</translation>
    </message>
    <message>
        <source>examples: points</source>
        <translation>ejemplos: puntos</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>media</translation>
    </message>
    <message>
        <source>fairly sure ({score})</source>
        <translation>confianza media ({score})</translation>
    </message>
    <message>
        <source>files may not be written there. Give yourself the right to write into your QGIS profile.</source>
        <translation>no se permite escribir archivos allí. Obtenga permiso de escritura en su perfil de QGIS.</translation>
    </message>
    <message>
        <source>fp32: four bytes a weight, exact</source>
        <translation>fp32: cuatro bytes por peso, exacto</translation>
    </message>
    <message>
        <source>fp8: one byte a weight, newer NVIDIA GPU only</source>
        <translation>fp8: un byte por peso, solo GPU NVIDIA recientes</translation>
    </message>
    <message>
        <source>good</source>
        <translation>buena</translation>
    </message>
    <message>
        <source>http to {host} would send your scenes and the key unprotected: use https, or http://127.0.0.1:port with an SSH tunnel.</source>
        <translation>http a {host} enviaría sus escenas y la clave sin protección: use https, o http://127.0.0.1:puerto con un túnel SSH.</translation>
    </message>
    <message>
        <source>image {number}</source>
        <translation>imagen {number}</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>incompleto</translation>
    </message>
    <message>
        <source>int4: half a byte a weight, NVIDIA GPU only</source>
        <translation>int4: medio byte por peso, solo GPU NVIDIA</translation>
    </message>
    <message>
        <source>int8: one byte a weight</source>
        <translation>int8: un byte por peso</translation>
    </message>
    <message>
        <source>it is here</source>
        <translation>está aquí</translation>
    </message>
    <message>
        <source>it is not here</source>
        <translation>no está aquí</translation>
    </message>
    <message>
        <source>measured {figure}</source>
        <translation>medido {figure}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ninguno</translation>
    </message>
    <message>
        <source>not fetched</source>
        <translation>sin descargar</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>sin medir</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>nada encontrado</translation>
    </message>
    <message>
        <source>nothing left</source>
        <translation>no queda nada</translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation>en este equipo</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>baja</translation>
    </message>
    <message>
        <source>read from optical or SAR</source>
        <translation>leído del óptico o del SAR</translation>
    </message>
    <message>
        <source>regions</source>
        <translation>regiones</translation>
    </message>
    <message>
        <source>scenes</source>
        <translation>escenas</translation>
    </message>
    <message>
        <source>see the log. “Copy diagnostics” has what a report needs.</source>
        <translation>vea el registro. «Copiar diagnóstico» reúne lo que necesita un informe de error.</translation>
    </message>
    <message>
        <source>sure ({score})</source>
        <translation>confianza alta ({score})</translation>
    </message>
    <message>
        <source>taught from {base}</source>
        <translation>entrenado a partir de {base}</translation>
    </message>
    <message>
        <source>the disk is full. Free some space and try again; what has been fetched is kept.</source>
        <translation>el disco está lleno. Libere espacio e inténtelo de nuevo; lo ya descargado se conserva.</translation>
    </message>
    <message>
        <source>the package index could not be reached. Check the network (and the proxy under Settings &gt; Options &gt; Network), then try again; what has been fetched is kept. Without a network: “Other ways”, a folder of wheels.</source>
        <translation>no se pudo acceder al índice de paquetes. Compruebe la red (y el proxy en Configuración &gt; Opciones &gt; Red) e inténtelo de nuevo; lo ya descargado se conserva. Sin red: «Otros métodos», una carpeta de wheels.</translation>
    </message>
    <message>
        <source>the package index has no CUDA build for Windows: name PyTorch's index for {build} under “Other ways”. Until then the processor computes.</source>
        <translation>el índice de paquetes no tiene ninguna compilación CUDA para Windows: indique el índice de PyTorch para {build} en «Otros métodos». Hasta entonces calcula el procesador.</translation>
    </message>
    <message>
        <source>the proxy did not let us through. Look at Settings &gt; Options &gt; Network in QGIS: address, user and password.</source>
        <translation>el proxy no permitió el paso. Revise Configuración &gt; Opciones &gt; Red en QGIS: dirección, usuario y contraseña.</translation>
    </message>
    <message>
        <source>the words of the answer are the model's, from before.</source>
        <translation>las palabras de la respuesta son las del modelo, de antes de la corrección.</translation>
    </message>
    <message>
        <source>this Python cannot make environments. On Debian and Ubuntu: apt install python3-venv; elsewhere install Python 3.12 or uv, then try again.</source>
        <translation>este Python no puede crear entornos. En Debian y Ubuntu: apt install python3-venv; en otros sistemas instale Python 3.12 o uv, e inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>too old for the CUDA build that the package index has (it needs 580 or newer): update the driver, or name an index of other builds under “Other ways”. Until then the processor computes.</source>
        <translation>demasiado antiguo para la compilación CUDA que tiene el índice de paquetes (necesita 580 o posterior): actualice el controlador, o indique un índice de otras compilaciones en «Otros métodos». Hasta entonces calcula el procesador.</translation>
    </message>
    <message>
        <source>touching</source>
        <translation>en contacto</translation>
    </message>
    <message>
        <source>touching along {distance}</source>
        <translation>en contacto a lo largo de {distance}</translation>
    </message>
    <message>
        <source>unchanged {area}</source>
        <translation>sin cambios {area}</translation>
    </message>
    <message>
        <source>unsure ({score})</source>
        <translation>confianza baja ({score})</translation>
    </message>
    <message>
        <source>uv cannot be had: going on with pip.</source>
        <translation>uv no está disponible: se continúa con pip.</translation>
    </message>
    <message>
        <source>uv could not: trying with pip.</source>
        <translation>uv no pudo: se intenta con pip.</translation>
    </message>
    <message>
        <source>with the plugin</source>
        <translation>con el complemento</translation>
    </message>
    <message>
        <source>{area} of the scene in {crs} were looked at.</source>
        <translation>Se examinaron {area} de la escena en {crs}.</translation>
    </message>
    <message>
        <source>{bands}, on places it was not trained on</source>
        <translation>{bands}, en lugares con los que no se entrenó</translation>
    </message>
    <message>
        <source>{columns} × {rows} pixels of {x} × {y} m</source>
        <translation>{columns} × {rows} píxeles de {x} × {y} m</translation>
    </message>
    <message>
        <source>{count} dates are more than can be asked about at once: choose up to {most}.</source>
        <translation>{count} fechas son más de las que se pueden incluir en una pregunta: elija {most} como máximo.</translation>
    </message>
    <message>
        <source>{count} examples</source>
        <translation>{count} ejemplos</translation>
    </message>
    <message>
        <source>{count} examples are enough: take some back first.</source>
        <translation>{count} ejemplos son suficientes: retire antes algunos.</translation>
    </message>
    <message>
        <source>{count} polygons are selected: select up to {most}.</source>
        <translation>Hay {count} polígonos seleccionados: seleccione {most} como máximo.</translation>
    </message>
    <message>
        <source>{distance} apart</source>
        <translation>a {distance} de distancia</translation>
    </message>
    <message>
        <source>{done} of {count} packages</source>
        <translation>{done} de {count} paquetes</translation>
    </message>
    <message>
        <source>{figures}: no change that can be told from noise</source>
        <translation>{figures}: ningún cambio distinguible del ruido</translation>
    </message>
    <message>
        <source>{images} come from (empty: as names and metadata tell)</source>
        <translation>{images}: sensor (vacío: según los nombres y los metadatos)</translation>
    </message>
    <message>
        <source>{layer} cannot be opened.</source>
        <translation>No se puede abrir {layer}.</translation>
    </message>
    <message>
        <source>{name} cannot be read: check that it is there and that you may read it.</source>
        <translation>No se puede leer {name}: compruebe que existe y que tiene permiso de lectura.</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is gone, or another program holds it; the answer itself is complete.</source>
        <translation>{name} no se puede leer: el archivo ya no está o lo tiene otro programa; la respuesta en sí está completa.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({why}): choose another place.</source>
        <translation>No se puede escribir {name} ({why}): elija otro lugar.</translation>
    </message>
    <message>
        <source>{name} cannot be written now: it is as it was. Save the layer again.</source>
        <translation>No se puede escribir {name} ahora: queda como estaba. Guarde la capa de nuevo.</translation>
    </message>
    <message>
        <source>{name} cannot be written to {folder}: check the disk and its permissions.</source>
        <translation>No se puede escribir {name} en {folder}: compruebe el disco y sus permisos.</translation>
    </message>
    <message>
        <source>{name} cannot be written: choose another place.</source>
        <translation>No se puede escribir {name}: elija otro lugar.</translation>
    </message>
    <message>
        <source>{name} changed while it was sent: wait until it is written, and ask again.</source>
        <translation>{name} cambió durante el envío: espere a que esté escrito del todo y pregunte de nuevo.</translation>
    </message>
    <message>
        <source>{name} has {given} layers for {count} further dates: give one for each, in the same order.</source>
        <translation>{name} tiene {given} capas para {count} fechas más: indique una para cada una, en el mismo orden.</translation>
    </message>
    <message>
        <source>{name} has {size}, and the remote runtime takes files of up to {limit}: save the part you ask about as a GeoTIFF (Export &gt; Save As).</source>
        <translation>{name} tiene {size}, y el motor remoto acepta archivos de hasta {limit}: guarde como GeoTIFF la parte sobre la que pregunta (Exportar &gt; Guardar como).</translation>
    </message>
    <message>
        <source>{name} is chosen twice: choose another file for each image.</source>
        <translation>{name} se ha elegido dos veces: elija otro archivo para cada imagen.</translation>
    </message>
    <message>
        <source>{name} is no report of TerraScope, or it cannot be read now: try again.</source>
        <translation>{name} no es un informe de TerraScope, o no se puede leer ahora: inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>{name} is no report of TerraScope, or it is damaged: choose a GeoPackage of an answer.</source>
        <translation>{name} no es un informe de TerraScope, o está dañado: elija el GeoPackage de una respuesta.</translation>
    </message>
    <message>
        <source>{name} is no report of a batch: choose another file.</source>
        <translation>{name} no es el informe de un lote: elija otro archivo.</translation>
    </message>
    <message>
        <source>{name} is not on that machine: choose another one, or fetch it there.</source>
        <translation>{name} no está en ese equipo: elija otro, o descárguelo allí.</translation>
    </message>
    <message>
        <source>{name} is not one raster file, and a remote runtime is sent nothing else: build one file of its bands (Raster &gt; Miscellaneous) and ask about that.</source>
        <translation>{name} no es un único archivo ráster, y a un motor remoto no se le envía otra cosa: reúna sus bandas en un archivo (Ráster &gt; Miscelánea) y pregunte sobre él.</translation>
    </message>
    <message>
        <source>{name} is not one raster file, and a remote runtime is sent nothing else: save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>{name} no es un único archivo ráster, y a un motor remoto no se le envía otra cosa: guárdelo como GeoTIFF (Exportar &gt; Guardar como) y pregunte sobre él.</translation>
    </message>
    <message>
        <source>{name} is not there any more: choose another report.</source>
        <translation>{name} ya no existe: elija otro informe.</translation>
    </message>
    <message>
        <source>{name} is open in QGIS or another program: close it there or choose another name.</source>
        <translation>{name} está abierto en QGIS o en otro programa: ciérrelo allí o elija otro nombre.</translation>
    </message>
    <message>
        <source>{name} is there already: choose another name for the report.</source>
        <translation>{name} ya existe: elija otro nombre para el informe.</translation>
    </message>
    <message>
        <source>{name} with driver {driver}: </source>
        <translation>{name} con el controlador {driver}: </translation>
    </message>
    <message>
        <source>{name}, on that machine</source>
        <translation>{name}, en ese equipo</translation>
    </message>
    <message>
        <source>{path} does not work as a Python: see the log.</source>
        <translation>{path} no funciona como Python: vea el registro.</translation>
    </message>
    <message>
        <source>{path} is Python {version}; the runtime needs 3.11, 3.12 or 3.13.</source>
        <translation>{path} es Python {version}; el motor necesita 3.11, 3.12 o 3.13.</translation>
    </message>
    <message>
        <source>{path} is missing or damaged: install the plugin again.</source>
        <translation>{path} falta o está dañado: vuelva a instalar el complemento.</translation>
    </message>
    <message>
        <source>{path} lacks {count} of the runtime's packages: {names}.</source>
        <translation>A {path} le faltan {count} de los paquetes del motor: {names}.</translation>
    </message>
    <message>
        <source>{phrase}: {examples}</source>
        <translation>{phrase}: {examples}</translation>
    </message>
    <message>
        <source>{region}: nothing found</source>
        <translation>{region}: nada encontrado</translation>
    </message>
    <message>
        <source>{region}: {area}. Point to light it up on the map, click to go there</source>
        <translation>{region}: {area}. Señale para resaltar en el mapa, haga clic para ir hasta allí</translation>
    </message>
    <message>
        <source>{resolution}, {width} × {height} pixels</source>
        <translation>{resolution}, {width} × {height} píxeles</translation>
    </message>
    <message>
        <source>{scene}: SAR (radar)</source>
        <translation>{scene}: SAR (radar)</translation>
    </message>
    <message>
        <source>{scene}: cloud layer (SCL, QA_PIXEL or a mask)</source>
        <translation>{scene}: capa de nubes (SCL, QA_PIXEL o una máscara)</translation>
    </message>
    <message>
        <source>{scene}: folder of SAR bands instead</source>
        <translation>{scene}: o una carpeta de bandas SAR</translation>
    </message>
    <message>
        <source>{scene}: folder of bands instead (SAFE, Landsat)</source>
        <translation>{scene}: o una carpeta de bandas (SAFE, Landsat)</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{share} of its tokens from SAR</source>
        <translation>{share} de sus tokens procedentes del SAR</translation>
    </message>
    <message>
        <source>{size} B</source>
        <translation>{size} B</translation>
    </message>
    <message>
        <source>{size} GB</source>
        <translation>{size} GB</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} MB</translation>
    </message>
    <message>
        <source>{size} as {tier} ✓</source>
        <translation>{size} en {tier} ✓</translation>
    </message>
    <message>
        <source>{size} as {tier}, not free here</source>
        <translation>{size} en {tier}, no libre aquí</translation>
    </message>
    <message>
        <source>{size} kB</source>
        <translation>{size} kB</translation>
    </message>
    <message>
        <source>{step} failed: uv, which fetches it, could not be installed; see the log.</source>
        <translation>Error en «{step}»: uv, que se encarga de la descarga, no se pudo instalar; vea el registro.</translation>
    </message>
    <message>
        <source>{step} failed: {free} are free in {folder}, and about {needed} are needed.</source>
        <translation>Error en «{step}»: hay {free} libres en {folder}, y se necesitan alrededor de {needed}.</translation>
    </message>
    <message>
        <source>{step} failed: {why}</source>
        <translation>Error en «{step}»: {why}</translation>
    </message>
    <message>
        <source>{text} lacks the port of the tunnel: write http://127.0.0.1:8437.</source>
        <translation>A {text} le falta el puerto del túnel: escriba http://127.0.0.1:8437.</translation>
    </message>
    <message>
        <source>{url} does not answer: check that the machine is on and can be reached.</source>
        <translation>{url} no responde: compruebe que el equipo está encendido y es accesible.</translation>
    </message>
    <message>
        <source>{value} points</source>
        <translation>{value} puntos</translation>
    </message>
    <message>
        <source>– not measured</source>
        <translation>– sin medir</translation>
    </message>
    <message>
        <source>“{layer}” ({provider}) was captured at {size}, in {crs}.</source>
        <translation>«{layer}» ({provider}) se capturó con {size}, en {crs}.</translation>
    </message>
    <message>
        <source>“{part}” does not name a class: write the names like 1=water; 2=heath.</source>
        <translation>«{part}» no da nombre a una clase: escriba los nombres así: 1=water; 2=heath.</translation>
    </message>
    <message>
        <source>“{text}” is no address of a remote runtime: write https://host:port, or http://127.0.0.1:port for an SSH tunnel.</source>
        <translation>«{text}» no es la dirección de un motor remoto: escriba https://host:puerto, o http://127.0.0.1:puerto para un túnel SSH.</translation>
    </message>
    <message>
        <source>“{text}” is not a day: write it like 2017-06-04.</source>
        <translation>«{text}» no es un día: escríbalo así: 2017-06-04.</translation>
    </message>
    <message>
        <source>… and {count} more, in the GeoPackage</source>
        <translation>… y {count} más, en el GeoPackage</translation>
    </message>
</context>
<context>
    <name>TerraScopeDock</name>
    <message>
        <source>Answer</source>
        <translation>Respuesta</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>Cancelado; no se escribió nada.</translation>
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation>Esperando a {count} pregunta(s) más</translation>
    </message>
</context>
<context>
    <name>TerraScopeProvider</name>
    <message>
        <source>TerraScope: questions about Earth-observation scenes</source>
        <translation>TerraScope: preguntas sobre escenas de observación de la Tierra</translation>
    </message>
</context>
<context>
    <name>ZonalAnswersAlgorithm</name>
    <message>
        <source>All evidence</source>
        <translation>Todas las evidencias</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Respuestas</translation>
    </message>
    <message>
        <source>Ask about each polygon</source>
        <translation>Preguntar sobre cada polígono</translation>
    </message>
    <message>
        <source>Asks a question about the ground of each polygon of a layer, and joins the answers and the hectares to a copy of the layer.

Scene, SAR: as in “Ask about a scene”. A layer that is no file is captured as far as the polygons reach. Polygons: any polygon layer, in any coordinate system.
Question: an expression that is worked out for each polygon. Words stand in single quotes; fields can be put between them, like 'How many hectares of ' || "cover" || ' are there?'.
Regions to measure: the name of the regions whose area is wanted, like water; the areas of all regions of that name are added up. If empty, it is the first region of the answer.

Output: the polygons with their fields, and question, answer, phrase (name of the region), area_ha, coverage_pct (of what the scene shows there), score (the model's own, 0 to 1), regions (all, with their hectares), status and reason. status is answered; skipped, for a polygon that does not meet the scene or has no ground; or failed. The fields of what was not answered are empty (NULL), and reason says why; the other polygons are asked all the same. area_ha is empty where no region was marked.
All evidence: one report with the masks of all polygons (needs the runtime of this machine).
ANSWERED and FAILED count the polygons; those that were skipped count as failed.

A polygon of a few pixels shows the model little: look at the masks before you rely on a figure.</source>
        <translation>Hace una pregunta sobre el terreno de cada polígono de una capa y une las respuestas y las hectáreas a una copia de la capa.

Escena, SAR: como en «Preguntar sobre una escena». Una capa que no es un archivo se captura hasta donde llegan los polígonos. Polígonos: cualquier capa de polígonos, en cualquier sistema de coordenadas.
Pregunta: una expresión que se evalúa para cada polígono. Las palabras van entre comillas simples; entre ellas se pueden poner campos, como 'How many hectares of ' || "cover" || ' are there?'.
Regiones que se miden: el nombre de las regiones cuya área se desea, como water; se suman las áreas de todas las regiones con ese nombre. Si se deja vacío, es la primera región de la respuesta.

Salida: los polígonos con sus campos, y question, answer, phrase (nombre de la región), area_ha, coverage_pct (de lo que la escena muestra allí), score (del propio modelo, de 0 a 1), regions (todas, con sus hectáreas), status y reason. status es answered; skipped, para un polígono que no toca la escena o no tiene terreno; o failed. Los campos de lo que no se respondió quedan vacíos (NULL), y reason indica por qué; sobre los demás polígonos se pregunta igualmente. area_ha queda vacío donde no se marcó ninguna región.
Todas las evidencias: un informe con las máscaras de todos los polígonos (necesita el motor de este equipo).
ANSWERED y FAILED cuentan los polígonos; los omitidos cuentan como fallidos.

Un polígono de pocos píxeles muestra poco al modelo: mire las máscaras antes de fiarse de un valor.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Cancelado.</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Polígonos</translation>
    </message>
    <message>
        <source>Polygons answered</source>
        <translation>Polígonos con respuesta</translation>
    </message>
    <message>
        <source>Polygons without an answer</source>
        <translation>Polígonos sin respuesta</translation>
    </message>
    <message>
        <source>Question (an expression)</source>
        <translation>Pregunta (una expresión)</translation>
    </message>
    <message>
        <source>Regions to measure (empty: the first of the answer)</source>
        <translation>Regiones que se miden (vacío: la primera de la respuesta)</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Escena</translation>
    </message>
    <message>
        <source>The question is an expression: put its words into single quotes, like 'How much water is there?'.</source>
        <translation>La pregunta es una expresión: ponga sus palabras entre comillas simples, como 'How much water is there?'.</translation>
    </message>
    <message>
        <source>The question of polygon {number} cannot be worked out: {why}.</source>
        <translation>No se puede evaluar la pregunta del polígono {number}: {why}.</translation>
    </message>
    <message>
        <source>question,answer,zonal,statistics,polygon,parcel,field,district,area,hectares,join,segmentation,AI</source>
        <translation>pregunta,respuesta,zonal,estadísticas,polígono,parcela,campo,distrito,área,superficie,hectáreas,unión,segmentación,IA</translation>
    </message>
    <message>
        <source>{name} is there already: choose another name for the evidence.</source>
        <translation>{name} ya existe: elija otro nombre para las evidencias.</translation>
    </message>
</context>
</TS>
