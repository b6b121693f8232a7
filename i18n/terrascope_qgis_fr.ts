<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr">
<context>
    <name>ActionBar</name>
    <message>
        <source>More</source>
        <translation>Plus</translation>
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
        <translation>Répond par des mots à une question sur une scène et en montre les éléments de preuve : chaque région dont parle le raisonnement devient une couche de polygones, mesurée en hectares sur la grille et l’ellipsoïde du raster ; les régions liées entre elles sont reliées par leur distance en mètres.

Scène : un fichier raster avec un système de coordonnées de référence, ou un dossier de bandes (SAFE, Landsat). SAR : une scène radar du même lieu et de la même date ; elle voit à travers les nuages. Pour interroger le radar seul, donnez-le comme scène, ou comme SAR sans scène.
Dates suivantes : scènes du même lieu, huit dates au plus en tout, dans l’ordre de leurs jours ; les jours sont ceux des métadonnées et des noms, sauf s’ils sont donnés. Emprise : n’examiner que cette partie.
Résultat : un GeoPackage avec les couches et le compte rendu de l’exécution ; le même compte rendu se trouve à côté en JSON (REPORT). ANSWER est la réponse ; AREA_HA la surface de la première région trouvée par le raisonnement (0 s’il n’en a trouvé aucune).

Le moteur démarre la première fois qu’on en a besoin. Le modèle fourni est petit : lisez la ligne sur sa qualité dans le journal et regardez les masques avant de vous fier à un chiffre.</translation>
    </message>
    <message>
        <source>Area of the first region (ha)</source>
        <translation>Surface de la première région (ha)</translation>
    </message>
    <message>
        <source>Ask about a scene</source>
        <translation>Interroger une scène</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Scène</translation>
    </message>
    <message>
        <source>question,answer,language model,segmentation,area,hectares,distance,water,forest,radar,SAR,time series,AI</source>
        <translation>question,réponse,modèle de langage,segmentation,surface,hectares,distance,eau,forêt,radar,SAR,série temporelle,IA</translation>
    </message>
</context>
<context>
    <name>AskBatchAlgorithm</name>
    <message>
        <source>A batch is done by the runtime of this machine: take the remote one out in Settings &gt; Options &gt; TerraScope, or run the batch where it is.</source>
        <translation>Un lot est traité par le moteur de cette machine : retirez le moteur distant dans Préférences &gt; Options &gt; TerraScope, ou lancez le lot là où il se trouve.</translation>
    </message>
    <message>
        <source>Ask about many scenes</source>
        <translation>Interroger plusieurs scènes</translation>
    </message>
    <message>
        <source>Asks each question about each scene, and collects the answers and the evidence in one GeoPackage.

Give the scenes in one of three ways. Scenes: raster layers or files, also layers that are no files. Folder: all rasters and product folders (SAFE, Landsat) in it, or those whose names fit the pattern. Table: a CSV with some of the columns scene, sar, dates, clouds, question, name (paths relative to it; several dates of one scene told apart by semicolons), or STAC items whose files are here.
Questions: one in each line, asked about every scene; those of a table come besides its own.
Go on with the report: only what is missing in a report that is there is asked, for instance after the batch was cancelled. Extent: look at this part of every scene. Processes: each has the model in its memory.

Output: the report, whose tables docs/report_schema.md tells, and a summary of all its questions: scene, question, answer, phrase (name of the first region), area_ha, coverage_pct, score, regions (all, with their hectares), status (answered or failed) and reason. A scene that cannot be used does not end the batch: it is listed with its reason. ANSWERED and FAILED count the questions.

A batch is done by the runtime of this machine. When it is cancelled the report keeps what was answered.</source>
        <translation>Pose chaque question sur chaque scène, et rassemble les réponses et les éléments de preuve dans un seul GeoPackage.

Donnez les scènes de l’une de trois façons. Scènes : couches ou fichiers raster, aussi des couches qui ne sont pas des fichiers. Dossier : tous ses rasters et dossiers de produits (SAFE, Landsat), ou ceux dont le nom suit le motif. Table : un CSV avec certaines des colonnes scene, sar, dates, clouds, question, name (chemins relatifs à la table ; les dates d’une même scène séparées par des points-virgules), ou des éléments STAC dont les fichiers sont ici.
Questions : une par ligne, posées sur chaque scène ; celles d’une table s’y ajoutent.
Poursuivre le rapport : seul ce qui manque dans un rapport existant est demandé, par exemple après l’annulation du lot. Emprise : n’examiner que cette partie de chaque scène. Processus : chacun a le modèle dans sa mémoire.

Résultat : le rapport, dont docs/report_schema.md décrit les tables, et un récapitulatif de toutes ses questions : scene, question, answer, phrase (nom de la première région), area_ha, coverage_pct, score, regions (toutes, avec leurs hectares), status (answered ou failed) et reason. Une scène inutilisable n’arrête pas le lot : elle est listée avec la raison. ANSWERED et FAILED comptent les questions.

Un lot est traité par le moteur de cette machine. S’il est annulé, le rapport garde ce qui a reçu une réponse.</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Go on with the report that is there</source>
        <translation>Poursuivre le rapport existant</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Questions answered</source>
        <translation>Questions avec réponse</translation>
    </message>
    <message>
        <source>Questions without an answer</source>
        <translation>Questions sans réponse</translation>
    </message>
    <message>
        <source>Questions, one in each line</source>
        <translation>Questions, une par ligne</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Récapitulatif</translation>
    </message>
    <message>
        <source>There is no question yet: write one in each line.</source>
        <translation>Il n’y a pas encore de question : écrivez-en une par ligne.</translation>
    </message>
    <message>
        <source>question,answer,batch,many,archive,folder,table,CSV,STAC,time series,report,area,hectares,segmentation,AI</source>
        <translation>question,réponse,lot,plusieurs,archive,dossier,table,CSV,STAC,série temporelle,rapport,surface,hectares,segmentation,IA</translation>
    </message>
    <message>
        <source>{name} is there already: go on with it, or choose another name for the report.</source>
        <translation>{name} existe déjà : poursuivez-le, ou choisissez un autre nom pour le rapport.</translation>
    </message>
</context>
<context>
    <name>AskPanel</name>
    <message>
        <source>Ask</source>
        <translation>Demander</translation>
    </message>
    <message>
        <source>Ask (Ctrl+Enter)</source>
        <translation>Demander (Ctrl+Entrée)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>Annuler (Échap)</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>Capture</translation>
    </message>
    <message>
        <source>Choose, fetch, check and delete models</source>
        <translation>Choisir, télécharger, vérifier et supprimer des modèles</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Emprise</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modèles…</translation>
    </message>
    <message>
        <source>The question still has a gap: put something in the place of {gaps}.</source>
        <translation>La question a encore un blanc : remplacez {gaps}.</translation>
    </message>
</context>
<context>
    <name>BandGroup</name>
    <message>
        <source>As found</source>
        <translation>Par défaut</translation>
    </message>
    <message>
        <source>Band of {role}</source>
        <translation>Bande {role}</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bandes</translation>
    </message>
    <message>
        <source>Bands (chosen)</source>
        <translation>Bandes (choisies)</translation>
    </message>
    <message>
        <source>Bands: choose the band of VV or of VH.</source>
        <translation>Bandes : choisissez la bande VV ou VH.</translation>
    </message>
    <message>
        <source>Bands: red, green and blue are all needed; choose a band for each.</source>
        <translation>Bandes : le rouge, le vert et le bleu sont tous nécessaires ; choisissez une bande pour chacun.</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Bleu</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Leave it to what names and metadata tell</source>
        <translation>S’en remettre aux noms et aux métadonnées</translation>
    </message>
    <message>
        <source>NIR</source>
        <translation>PIR</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rouge</translation>
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
        <translation>aucune</translation>
    </message>
</context>
<context>
    <name>BenchmarkAlgorithm</name>
    <message>
        <source>A benchmark is run by the runtime of this machine: take the remote one out in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Un banc d’essai est exécuté par le moteur de cette machine : retirez le moteur distant dans Préférences &gt; Options &gt; TerraScope.</translation>
    </message>
    <message>
        <source>Accuracy, mean over tasks (%)</source>
        <translation>Exactitude, moyenne des tâches (%)</translation>
    </message>
    <message>
        <source>Accuracy, over questions (%)</source>
        <translation>Exactitude, sur les questions (%)</translation>
    </message>
    <message>
        <source>At most so many questions (0: all)</source>
        <translation>Au plus tant de questions (0 : toutes)</translation>
    </message>
    <message>
        <source>Benchmark</source>
        <translation>Banc d’essai</translation>
    </message>
    <message>
        <source>Benchmark a model</source>
        <translation>Évaluer un modèle sur un banc d’essai</translation>
    </message>
    <message>
        <source>Choose the items of the benchmark: a file, or a folder.</source>
        <translation>Choisissez les éléments du banc d’essai : un fichier ou un dossier.</translation>
    </message>
    <message>
        <source>Items shown as (empty: in all ways there are)</source>
        <translation>Éléments montrés en (vide : de toutes les façons disponibles)</translation>
    </message>
    <message>
        <source>Items: a file</source>
        <translation>Éléments : un fichier</translation>
    </message>
    <message>
        <source>Items: a folder</source>
        <translation>Éléments : un dossier</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Mean IoU of the masks</source>
        <translation>IoU moyen des masques</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Processus</translation>
    </message>
    <message>
        <source>Puts the questions of a benchmark to a model, and tells how many it answers and how well its masks fit.

Benchmark: TerraScope-Bench (items of “bench build” on the command line, or the published file) or another one in its official files. Items: its file, or its folder. At most: so many questions, drawn by lot; 0: all. Model: as in the other algorithms.

Output: scores as JSON; beside it each response. Run again with the same output it goes on where it was stopped. Tasks: a table with the accuracy of each task in percent, its 95 % interval, and what chance would give. QUESTIONS, MACRO_PCT (mean over tasks), MICRO_PCT (over questions), MEAN_IOU (of the masks; -1: there are none to compare with).

It needs the runtime of this machine, with the packages of model_runtime/requirements-data.txt.</source>
        <translation>Pose à un modèle les questions d’un banc d’essai, et dit à combien il répond et à quel point ses masques sont justes.

Banc d’essai : TerraScope-Bench (éléments de « bench build » en ligne de commande, ou le fichier publié) ou un autre dans ses fichiers officiels. Éléments : son fichier ou son dossier. Au plus : tant de questions, tirées au sort ; 0 : toutes. Modèle : comme dans les autres algorithmes.

Sortie : les résultats en JSON ; à côté, chaque réponse. Relancé avec la même sortie, il reprend où il s’est arrêté. Tâches : une table avec l’exactitude de chaque tâche en pour cent, son intervalle à 95 % et ce que donnerait le hasard. QUESTIONS, MACRO_PCT (moyenne des tâches), MICRO_PCT (sur les questions), MEAN_IOU (des masques ; -1 : il n’y en a pas à comparer).

Il faut le moteur de cette machine, avec les paquets de model_runtime/requirements-data.txt.</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Questions</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tâches</translation>
    </message>
    <message>
        <source>benchmark,accuracy,score,evaluation,validation,quality,IoU,model,TerraScope-Bench,AI</source>
        <translation>banc d’essai,exactitude,score,évaluation,validation,qualité,IoU,modèle,TerraScope-Bench,IA</translation>
    </message>
    <message>
        <source>{path} does not exist: choose the items again.</source>
        <translation>{path} n’existe pas : choisissez à nouveau les éléments.</translation>
    </message>
    <message>
        <source>{task}: {share} of {count} (95 %: {low} to {high})</source>
        <translation>{task} : {share} de {count} (95 % : {low} à {high})</translation>
    </message>
</context>
<context>
    <name>CaptureRow</name>
    <message>
        <source>Resolution of captures</source>
        <translation>Résolution des captures</translation>
    </message>
    <message>
        <source>Size of a pixel of the file that the layer is captured to; automatic: the layer's own, or the map's</source>
        <translation>Taille de pixel du fichier dans lequel la couche est capturée ; automatique : celle de la couche ou celle de la carte</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>automatique</translation>
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
        <translation>Options avancées</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nuages</translation>
    </message>
    <message>
        <source>How the radar images are scaled, where names and metadata do not tell</source>
        <translation>Échelle des valeurs des images radar, lorsque les noms et les métadonnées ne la donnent pas</translation>
    </message>
    <message>
        <source>Landsat 4-7, Level 2</source>
        <translation>Landsat 4-7, niveau 2</translation>
    </message>
    <message>
        <source>Landsat 8-9, Level 1</source>
        <translation>Landsat 8-9, niveau 1</translation>
    </message>
    <message>
        <source>Landsat 8-9, Level 2</source>
        <translation>Landsat 8-9, niveau 2</translation>
    </message>
    <message>
        <source>Large scenes</source>
        <translation>Grandes scènes</translation>
    </message>
    <message>
        <source>NAIP</source>
        <translation>NAIP</translation>
    </message>
    <message>
        <source>Offsets</source>
        <translation>Décalages</translation>
    </message>
    <message>
        <source>One image of over 4 million pixels: an overview shows the whole and the masks are drawn on every pixel; windows show what is too small for an overview, and nothing of the whole</source>
        <translation>Une image de plus de 4 millions de pixels : une vue d’ensemble montre le tout et les masques sont dessinés sur chaque pixel ; les fenêtres montrent ce qui est trop petit pour une vue d’ensemble, mais rien de l’ensemble</translation>
    </message>
    <message>
        <source>Optical is</source>
        <translation>Optique</translation>
    </message>
    <message>
        <source>PlanetScope</source>
        <translation>PlanetScope</translation>
    </message>
    <message>
        <source>Python of the runtime's environment</source>
        <translation>Python de l’environnement du moteur</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Moteur</translation>
    </message>
    <message>
        <source>SAR is</source>
        <translation>SAR</translation>
    </message>
    <message>
        <source>Sentinel-1, decibels</source>
        <translation>Sentinel-1, décibels</translation>
    </message>
    <message>
        <source>Sentinel-1, linear</source>
        <translation>Sentinel-1, linéaire</translation>
    </message>
    <message>
        <source>Sentinel-2, reflectance × 10,000</source>
        <translation>Sentinel-2, réflectance × 10 000</translation>
    </message>
    <message>
        <source>Sentinel-2, with the offset of 2022</source>
        <translation>Sentinel-2, avec le décalage de 2022</translation>
    </message>
    <message>
        <source>Smallest part</source>
        <translation>Plus petite partie</translation>
    </message>
    <message>
        <source>The interpreter that the model runs in; empty: the one in the plugin's own folder</source>
        <translation>L’interpréteur dans lequel tourne le modèle ; vide : celui du dossier de l’extension</translation>
    </message>
    <message>
        <source>The minimum mapping unit: parts of a mask that are smaller are left out of it</source>
        <translation>L’unité minimale de cartographie : les parties d’un masque plus petites en sont retirées</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Ensemble</translation>
    </message>
    <message>
        <source>What clouds hide of a date without radar is not measured</source>
        <translation>Ce que les nuages cachent à une date sans radar n’est pas mesuré</translation>
    </message>
    <message>
        <source>When images of one place do not lie on one another</source>
        <translation>Lorsque les images d’un même lieu ne se superposent pas</translation>
    </message>
    <message>
        <source>Which sensor the optical images come from, where names and metadata do not tell</source>
        <translation>Capteur des images optiques, lorsque les noms et les métadonnées ne le donnent pas</translation>
    </message>
    <message>
        <source>Which sensor's tokens enter the reasoning where a date has an optical and a radar image</source>
        <translation>Capteur dont les jetons entrent dans le raisonnement lorsqu’une date a une image optique et une image radar</translation>
    </message>
    <message>
        <source>are allowed</source>
        <translation>sont acceptés</translation>
    </message>
    <message>
        <source>are ignored</source>
        <translation>sont ignorés</translation>
    </message>
    <message>
        <source>are left out of the measures</source>
        <translation>sont exclus des mesures</translation>
    </message>
    <message>
        <source>are moved to fit</source>
        <translation>sont corrigés par recalage</translation>
    </message>
    <message>
        <source>as the file tells</source>
        <translation>d’après le fichier</translation>
    </message>
    <message>
        <source>as the published training</source>
        <translation>comme à l’entraînement publié</translation>
    </message>
    <message>
        <source>both, concatenated</source>
        <translation>les deux, concaténés</translation>
    </message>
    <message>
        <source>found by itself</source>
        <translation>trouvé automatiquement</translation>
    </message>
    <message>
        <source>no part is too small</source>
        <translation>aucune partie n’est trop petite</translation>
    </message>
    <message>
        <source>optical only</source>
        <translation>optique seul</translation>
    </message>
    <message>
        <source>over two pixels are refused</source>
        <translation>refusés au-delà de deux pixels</translation>
    </message>
    <message>
        <source>reason in each window</source>
        <translation>raisonner dans chaque fenêtre</translation>
    </message>
    <message>
        <source>reason over an overview</source>
        <translation>raisonner sur une vue d’ensemble</translation>
    </message>
    <message>
        <source>text guided</source>
        <translation>guidé par le texte</translation>
    </message>
</context>
<context>
    <name>ClassLights</name>
    <message>
        <source>How well each class is found</source>
        <translation>Qualité de détection de chaque classe</translation>
    </message>
</context>
<context>
    <name>CompareDatesAlgorithm</name>
    <message>
        <source>Above the no-change floor</source>
        <translation>Au-dessus du seuil de non-changement</translation>
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation>Incertitude de contour (± ha)</translation>
    </message>
    <message>
        <source>Compare dates</source>
        <translation>Comparer des dates</translation>
    </message>
    <message>
        <source>Earlier scene</source>
        <translation>Scène antérieure</translation>
    </message>
    <message>
        <source>Gained</source>
        <translation>Gains</translation>
    </message>
    <message>
        <source>Gained (ha)</source>
        <translation>Gains (ha)</translation>
    </message>
    <message>
        <source>Kept (ha)</source>
        <translation>Inchangé (ha)</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Occupation du sol</translation>
    </message>
    <message>
        <source>Later scene</source>
        <translation>Scène postérieure</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Pertes</translation>
    </message>
    <message>
        <source>Lost (ha)</source>
        <translation>Pertes (ha)</translation>
    </message>
    <message>
        <source>Maps one land cover at two to eight dates of the same place and gives what it gained, lost and kept, in hectares on the rasters' own grid and ellipsoid.

Scenes: raster files with a coordinate reference system, folders of bands (SAFE, Landsat), or radar scenes. SAR: a radar scene of the same date beside an optical one; it sees through clouds. Where a later scene lies on another pixel grid it is resampled to that of the first, and the parts that all show are compared. The days are those of metadata and names unless they are given; the dates are compared in their order. Extent: only compare this part. A question of your own is asked instead of the land cover chosen; it must be about the dates.
Output: a GeoPackage with the masks of each date and the layers GAINED and LOST; the same record as JSON lies beside it (REPORT). The figures are those of the first change found; a question about several regions, or more than two dates, has them all in the table changes.

FLOOR_HA is what maps of an unchanged place may differ by. TOLD is false when neither the gain nor the loss is larger: then no change can be told from noise. UNCERTAINTY_HA is what the gain and the loss may be off by because boundaries are only known to half a pixel.

Change that the model is unsure of is left out, haze and shadow can look like change: look at the masks before you rely on a figure.</source>
        <translation>Cartographie une occupation du sol à deux à huit dates d’un même lieu et donne ce qu’elle a gagné, perdu et conservé, en hectares sur la grille et l’ellipsoïde des rasters.

Scènes : fichiers raster avec un système de coordonnées de référence, dossiers de bandes (SAFE, Landsat) ou scènes radar. SAR : une scène radar de la même date à côté d’une scène optique ; elle voit à travers les nuages. Si une scène postérieure a une autre grille de pixels, elle est rééchantillonnée sur celle de la première, et l’on compare les parties que toutes montrent. Les jours sont ceux des métadonnées et des noms, sauf s’ils sont donnés ; les dates sont comparées dans leur ordre. Emprise : ne comparer que cette partie. Une question de votre choix remplace l’occupation du sol choisie ; elle doit porter sur les dates.
Résultat : un GeoPackage avec les masques de chaque date et les couches GAINED et LOST ; le même compte rendu se trouve à côté en JSON (REPORT). Les chiffres sont ceux du premier changement trouvé ; pour une question sur plusieurs régions, ou plus de deux dates, tous sont dans la table changes.

FLOOR_HA est l’écart possible entre les cartes d’un lieu inchangé. TOLD est faux lorsque ni le gain ni la perte ne le dépasse : aucun changement ne se distingue alors du bruit. UNCERTAINTY_HA est l’erreur possible du gain et de la perte, car les contours ne sont connus qu’à un demi-pixel près.

Les changements dont le modèle n’est pas sûr sont écartés ; la brume et les ombres peuvent ressembler à un changement : regardez les masques avant de vous fier à un chiffre.</translation>
    </message>
    <message>
        <source>No-change floor (ha)</source>
        <translation>Seuil de non-changement (ha)</translation>
    </message>
    <message>
        <source>Question (empty: about the land cover chosen)</source>
        <translation>Question (vide : sur l’occupation du sol choisie)</translation>
    </message>
    <message>
        <source>The model marked no region at both dates, so nothing was compared: ask about another land cover, or in other words. What it did answer is in {file}.</source>
        <translation>Le modèle n’a délimité aucune région aux deux dates, il n’y a donc rien à comparer : choisissez une autre occupation du sol ou d’autres mots. Sa réponse est dans {file}.</translation>
    </message>
    <message>
        <source>change,detection,two dates,time series,gain,loss,before,after,flood,fire,deforestation,area,hectares,segmentation,radar,SAR,AI</source>
        <translation>changement,détection,deux dates,série temporelle,gain,perte,avant,après,inondation,incendie,déforestation,surface,hectares,segmentation,radar,SAR,IA</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversation</source>
        <translation>Conversation</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>Le modèle n’a pas donné de réponse.</translation>
    </message>
    <message>
        <source>The reasoning and the answer appear here, each region as a mark to click.</source>
        <translation>Le raisonnement et la réponse s’affichent ici ; chaque région est une étiquette à cliquer.</translation>
    </message>
</context>
<context>
    <name>CopyAnswer</name>
    <message>
        <source>As CSV</source>
        <translation>En CSV</translation>
    </message>
    <message>
        <source>As Markdown</source>
        <translation>En Markdown</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>En texte</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Copier la réponse</translation>
    </message>
    <message>
        <source>Copy the answer and its figures</source>
        <translation>Copier la réponse et ses chiffres</translation>
    </message>
</context>
<context>
    <name>CorrectMask</name>
    <message>
        <source>A corrected mask is being measured: wait a moment.</source>
        <translation>Un masque corrigé est en cours de mesure : patientez un instant.</translation>
    </message>
    <message>
        <source>Correct mask</source>
        <translation>Corriger un masque</translation>
    </message>
    <message>
        <source>Edit a mask with QGIS's own tools: the figures follow when you save it</source>
        <translation>Modifier un masque avec les outils de QGIS : les chiffres suivent dès l’enregistrement</translation>
    </message>
    <message>
        <source>Edit the polygons of {mask} with QGIS's tools; its figures follow when you save the layer.</source>
        <translation>Modifiez les polygones de {mask} avec les outils de QGIS ; ses chiffres suivent dès l’enregistrement de la couche.</translation>
    </message>
    <message>
        <source>The layer of {mask} cannot be opened: its file may be gone. Ask again.</source>
        <translation>La couche de {mask} ne peut pas être ouverte : son fichier a peut-être disparu. Posez à nouveau la question.</translation>
    </message>
    <message>
        <source>{file} cannot be edited: check its permissions.</source>
        <translation>{file} ne peut pas être modifié : vérifiez ses droits d’accès.</translation>
    </message>
</context>
<context>
    <name>DateRow</name>
    <message>
        <source>Add SAR…</source>
        <translation>Ajouter une image SAR…</translation>
    </message>
    <message>
        <source>Add a cloud layer…</source>
        <translation>Ajouter une couche de nuages…</translation>
    </message>
    <message>
        <source>Cloud layer</source>
        <translation>Couche de nuages</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nuages</translation>
    </message>
    <message>
        <source>Day of {scene}</source>
        <translation>Jour de {scene}</translation>
    </message>
    <message>
        <source>Remove {scene}</source>
        <translation>Retirer {scene}</translation>
    </message>
    <message>
        <source>SAR</source>
        <translation>SAR</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Scène</translation>
    </message>
    <message>
        <source>This is a radar image (SAR)</source>
        <translation>C’est une image radar (SAR)</translation>
    </message>
</context>
<context>
    <name>DatesForm</name>
    <message>
        <source>A day is unknown: enter it, or these dates are taken to be in the order shown.</source>
        <translation>Un jour est inconnu : saisissez-le, sinon ces dates sont prises dans l’ordre affiché.</translation>
    </message>
    <message>
        <source>A radar image of the same place and day</source>
        <translation>Une image radar du même lieu et du même jour</translation>
    </message>
    <message>
        <source>Add SAR</source>
        <translation>Ajouter SAR</translation>
    </message>
    <message>
        <source>Add date</source>
        <translation>Ajouter une date</translation>
    </message>
    <message>
        <source>Clouds</source>
        <translation>Nuages</translation>
    </message>
    <message>
        <source>Date {number}</source>
        <translation>Date {number}</translation>
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
        <translation>Scène</translation>
    </message>
    <message>
        <source>The same place on another day</source>
        <translation>Le même lieu un autre jour</translation>
    </message>
    <message>
        <source>{count} dates</source>
        <translation>{count} dates</translation>
    </message>
    <message>
        <source>{name} is read as radar; its … button changes that.</source>
        <translation>{name} est lu comme une image radar ; son bouton … permet de changer cela.</translation>
    </message>
</context>
<context>
    <name>DayEdit</name>
    <message>
        <source>The day the scene was taken, like 2017-06-04</source>
        <translation>Le jour de prise de vue de la scène, par exemple 2017-06-04</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
</context>
<context>
    <name>ExtentChoice</name>
    <message>
        <source>As asked before</source>
        <translation>Comme précédemment</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Dessiner</translation>
    </message>
    <message>
        <source>Draw the polygon on the map: click its corners, double-click or right-click to end it</source>
        <translation>Dessinez le polygone sur la carte : cliquez ses sommets, puis double-cliquez ou cliquez droit pour terminer</translation>
    </message>
    <message>
        <source>Draw the rectangle on the map</source>
        <translation>Dessinez le rectangle sur la carte</translation>
    </message>
    <message>
        <source>Drawn polygon</source>
        <translation>Polygone dessiné</translation>
    </message>
    <message>
        <source>Drawn rectangle</source>
        <translation>Rectangle dessiné</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Emprise</translation>
    </message>
    <message>
        <source>Map view</source>
        <translation>Vue de la carte</translation>
    </message>
    <message>
        <source>No polygon is selected: choose a polygon layer and select some in it.</source>
        <translation>Aucun polygone n’est sélectionné : choisissez une couche de polygones et sélectionnez-y des entités.</translation>
    </message>
    <message>
        <source>Nothing is drawn yet: click Draw and draw on the map.</source>
        <translation>Rien n’est encore dessiné : cliquez sur Dessiner, puis dessinez sur la carte.</translation>
    </message>
    <message>
        <source>Selected polygons</source>
        <translation>Polygones sélectionnés</translation>
    </message>
    <message>
        <source>Selected polygons are those of the active polygon layer</source>
        <translation>Les polygones sélectionnés sont ceux de la couche de polygones active</translation>
    </message>
    <message>
        <source>Whole layer</source>
        <translation>Couche entière</translation>
    </message>
    <message>
        <source>⚠ The scene does not reach there.</source>
        <translation>⚠ La scène ne s’étend pas jusque-là.</translation>
    </message>
</context>
<context>
    <name>FinetuneAlgorithm</name>
    <message>
        <source>A model is taught by the runtime of this machine: the remote one can answer with it once its folder has been copied there.</source>
        <translation>L’entraînement se fait avec le moteur de cette machine : le moteur distant pourra répondre avec le nouveau modèle une fois son dossier copié là-bas.</translation>
    </message>
    <message>
        <source>Extent of scenes that are no files</source>
        <translation>Emprise des scènes qui ne sont pas des fichiers</translation>
    </message>
    <message>
        <source>Field of the class</source>
        <translation>Champ de la classe</translation>
    </message>
    <message>
        <source>Give either polygons with a class or a raster of classes.</source>
        <translation>Donnez soit des polygones avec une classe, soit un raster de classes.</translation>
    </message>
    <message>
        <source>Give the new model a name.</source>
        <translation>Donnez un nom au nouveau modèle.</translation>
    </message>
    <message>
        <source>IoU of what it knew before, on scenes made to test that</source>
        <translation>IoU de ce qu’il savait auparavant, sur des scènes conçues pour ce test</translation>
    </message>
    <message>
        <source>IoU on held-out ground, after</source>
        <translation>IoU sur les zones de validation, après</translation>
    </message>
    <message>
        <source>IoU on held-out ground, before</source>
        <translation>IoU sur les zones de validation, avant</translation>
    </message>
    <message>
        <source>IoU on held-out ground, mean of the classes</source>
        <translation>IoU sur les zones de validation, moyenne des classes</translation>
    </message>
    <message>
        <source>It has not become better: give more polygons, or more minutes.</source>
        <translation>Il ne s’est pas amélioré : donnez plus de polygones ou plus de minutes.</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minutes</translation>
    </message>
    <message>
        <source>Model that learns (empty: the bundled one)</source>
        <translation>Modèle à entraîner (vide : celui qui est fourni)</translation>
    </message>
    <message>
        <source>Name of the new model</source>
        <translation>Nom du nouveau modèle</translation>
    </message>
    <message>
        <source>Name the values of the raster of classes, like 1=water; 2=heath.</source>
        <translation>Nommez les valeurs du raster de classes, par exemple 1=water; 2=heath.</translation>
    </message>
    <message>
        <source>Names of its values, like 1=water; 2=heath</source>
        <translation>Noms de ses valeurs, par exemple 1=water; 2=heath</translation>
    </message>
    <message>
        <source>Or a raster of classes</source>
        <translation>Ou un raster de classes</translation>
    </message>
    <message>
        <source>Polygons with a class</source>
        <translation>Polygones avec une classe</translation>
    </message>
    <message>
        <source>Put the new model into (empty: with the others)</source>
        <translation>Placer le nouveau modèle dans (vide : avec les autres)</translation>
    </message>
    <message>
        <source>Say which field of the polygons names their class.</source>
        <translation>Indiquez quel champ des polygones nomme leur classe.</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Scènes</translation>
    </message>
    <message>
        <source>Teach a model</source>
        <translation>Entraîner un modèle</translation>
    </message>
    <message>
        <source>Teaches a copy of a model with labels of your own: new classes, or the looks that known classes have in your region. The new model is a small folder beside the one it learnt from; the dock lists it under its name, answers with it, and can delete it.

Scenes: rasters with a coordinate reference system. Labels: polygons with a field that names their class, ten to twenty for each class, spread over the scenes; or, for one scene, a raster on its pixels whose values are classes, named like 1=water; 2=heath (if empty, as its legend names them; 0 and nodata are not labelled). Name classes as you will ask about them, in English.
Minutes: about how long it may learn; the figures at its beginning and its end take some more. Nothing is left of a run that is cancelled.

Part of the labels are held out at first. IOU_BEFORE and IOU_AFTER are the mean IoU of the classes on them, of the model as it was (for a new class: of the known class that fits it best) and of one that was taught the other labels; the new model has then been taught all of them. Ground nearby is easier than another region: look at the masks before you rely on a figure. The log has the figures class by class, and what became of the classes that the model knew before.</source>
        <translation>Entraîne une copie d’un modèle avec vos propres étiquettes : de nouvelles classes, ou l’aspect de classes connues dans votre région. Le nouveau modèle est un petit dossier à côté de celui dont il est issu ; le panneau le liste sous son nom, répond avec lui et peut le supprimer.

Scènes : fichiers raster avec un système de coordonnées de référence. Étiquettes : polygones avec un champ qui nomme leur classe, dix à vingt par classe, répartis sur les scènes ; ou, pour une seule scène, un raster sur ses pixels dont les valeurs sont des classes, nommées ainsi : 1=water; 2=heath (si vide, d’après sa légende ; 0 et les valeurs sans données ne sont pas étiquetés). Nommez les classes comme vous les demanderez, en anglais.
Minutes : durée approximative de l’apprentissage ; les chiffres du début et de la fin demandent un peu plus. Une exécution annulée ne laisse rien.

Une partie des étiquettes est d’abord mise de côté. IOU_BEFORE et IOU_AFTER sont l’IoU moyen des classes sur cette partie, pour le modèle tel qu’il était (pour une nouvelle classe : la classe connue qui lui convient le mieux) et pour un modèle entraîné avec les autres étiquettes ; le nouveau modèle est ensuite entraîné avec toutes. Un terrain voisin est plus facile qu’une autre région : regardez les masques avant de vous fier à un chiffre. Le journal donne les chiffres classe par classe, et ce que sont devenues les classes que le modèle connaissait.</translation>
    </message>
    <message>
        <source>The new model</source>
        <translation>Le nouveau modèle</translation>
    </message>
    <message>
        <source>train,training,finetune,fine-tuning,learn,teach,samples,polygons,classes,classification,land cover,segmentation,model,AI</source>
        <translation>entraînement,apprentissage,réentraînement,échantillons,polygones,classes,classification,occupation du sol,segmentation,modèle,IA</translation>
    </message>
    <message>
        <source>{what}: {before} before, {after} after</source>
        <translation>{what} : {before} avant, {after} après</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>&amp;Ask a question</source>
        <translation>&amp;Poser une question</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Retirer…</translation>
    </message>
    <message>
        <source>Beginning</source>
        <translation>Démarrage</translation>
    </message>
    <message>
        <source>Cancelled; what has been fetched is kept.</source>
        <translation>Annulé ; ce qui a été téléchargé est conservé.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>Copier le &amp;diagnostic</translation>
    </message>
    <message>
        <source>Looking at {path}</source>
        <translation>Examen de {path}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Remove the runtime?</source>
        <translation>Retirer le moteur ?</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Suppression</translation>
    </message>
    <message>
        <source>The environment and the packages that were fetched for it go. They can be installed again.</source>
        <translation>L’environnement et les paquets téléchargés pour lui seront supprimés. Ils pourront être réinstallés.</translation>
    </message>
    <message>
        <source>What TerraScope needs</source>
        <translation>Ce dont TerraScope a besoin</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>De quoi s’agit-il ?</translation>
    </message>
</context>
<context>
    <name>FollowUp</name>
    <message>
        <source>Follow-up question</source>
        <translation>Question de suivi</translation>
    </message>
    <message>
        <source>The question is about the scene and the extent of the last answer, and knows what was asked before: “How far is it from the trees?”</source>
        <translation>La question porte sur la scène et l’emprise de la dernière réponse, et tient compte des questions précédentes : « How far is it from the trees? »</translation>
    </message>
</context>
<context>
    <name>HistoryMenu</name>
    <message>
        <source>History…</source>
        <translation>Historique…</translation>
    </message>
    <message>
        <source>Questions that were asked before</source>
        <translation>Questions déjà posées</translation>
    </message>
</context>
<context>
    <name>HistoryPopup</name>
    <message>
        <source>Clear history</source>
        <translation>Effacer l’historique</translation>
    </message>
    <message>
        <source>Questions that were asked before</source>
        <translation>Questions déjà posées</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Rechercher dans l’historique</translation>
    </message>
</context>
<context>
    <name>InstallView</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;nnuler</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>&amp;Journal</translation>
    </message>
    <message>
        <source>Log of the installation</source>
        <translation>Journal de l’installation</translation>
    </message>
</context>
<context>
    <name>InstallWays</name>
    <message>
        <source>&amp;Folder of wheels (no network)</source>
        <translation>Dossier de &amp;wheels (sans réseau)</translation>
    </message>
    <message>
        <source>&amp;Python of an environment of your own</source>
        <translation>Python d’un environnement à v&amp;ous</translation>
    </message>
    <message>
        <source>Address of an index of PyTorch builds; {build} in it stands for cpu, cu126 or cu130, by the driver</source>
        <translation>Adresse d’un index de versions de PyTorch ; {build} y représente cpu, cu126 ou cu130, selon le pilote</translation>
    </message>
    <message>
        <source>An environment you have made yourself; it is looked at before it is used</source>
        <translation>Un environnement que vous avez créé vous-même ; il est examiné avant d’être utilisé</translation>
    </message>
    <message>
        <source>Chec&amp;k and use</source>
        <translation>Vérifier et u&amp;tiliser</translation>
    </message>
    <message>
        <source>Folder with every package as a wheel</source>
        <translation>Dossier contenant tous les paquets sous forme de wheels</translation>
    </message>
    <message>
        <source>Inde&amp;x of PyTorch builds</source>
        <translation>Inde&amp;x des versions de PyTorch</translation>
    </message>
    <message>
        <source>Other ways</source>
        <translation>Autres méthodes</translation>
    </message>
    <message>
        <source>Python of an environment that has the runtime's packages</source>
        <translation>Python d’un environnement qui contient les paquets du moteur</translation>
    </message>
    <message>
        <source>To install without a network: a folder with the wheels (*.whl) of all packages; see the manual</source>
        <translation>Pour installer sans réseau : un dossier avec les wheels (*.whl) de tous les paquets ; voir le manuel</translation>
    </message>
    <message>
        <source>none: from the package index</source>
        <translation>aucun : depuis l’index des paquets</translation>
    </message>
    <message>
        <source>none: the package index's own build</source>
        <translation>aucun : la version de l’index des paquets</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>Add layers</source>
        <translation>Ajouter les couches</translation>
    </message>
    <message>
        <source>Add the layers of the answer to the project</source>
        <translation>Ajouter les couches de la réponse au projet</translation>
    </message>
    <message>
        <source>All layers of this answer are in the project already.</source>
        <translation>Toutes les couches de cette réponse sont déjà dans le projet.</translation>
    </message>
    <message>
        <source>Export report</source>
        <translation>Exporter le rapport</translation>
    </message>
    <message>
        <source>Export report…</source>
        <translation>Exporter le rapport…</translation>
    </message>
    <message>
        <source>GeoPackage</source>
        <translation>GeoPackage</translation>
    </message>
    <message>
        <source>Keep the answer as a GeoPackage with everything and a PDF of one page</source>
        <translation>Conserver la réponse sous forme d’un GeoPackage complet et d’un PDF d’une page</translation>
    </message>
    <message>
        <source>Open an answer that was kept, with its layers</source>
        <translation>Ouvrir une réponse conservée, avec ses couches</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Ouvrir un rapport</translation>
    </message>
    <message>
        <source>Open report…</source>
        <translation>Ouvrir un rapport…</translation>
    </message>
    <message>
        <source>The report is kept: {geopackage} and {pdf} in {folder}.</source>
        <translation>Le rapport est enregistré : {geopackage} et {pdf} dans {folder}.</translation>
    </message>
    <message>
        <source>Wait until the answer is there, or cancel it.</source>
        <translation>Attendez la réponse ou annulez-la.</translation>
    </message>
    <message>
        <source>opened from {file}</source>
        <translation>ouvert depuis {file}</translation>
    </message>
</context>
<context>
    <name>ModelDetails</name>
    <message>
        <source>About the model</source>
        <translation>À propos du modèle</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bandes</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Base</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Origine</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>Révision</translation>
    </message>
    <message>
        <source>came with the plugin</source>
        <translation>fourni avec l’extension</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>pas encore</translation>
    </message>
    <message>
        <source>{count} billion parameters</source>
        <translation>{count} milliards de paramètres</translation>
    </message>
    <message>
        <source>{count} million parameters</source>
        <translation>{count} millions de paramètres</translation>
    </message>
    <message>
        <source>✓ every file is as it was published</source>
        <translation>✓ tous les fichiers sont tels que publiés</translation>
    </message>
    <message>
        <source>✓ fits here</source>
        <translation>✓ tient dans la mémoire disponible</translation>
    </message>
    <message>
        <source>✗ more than is free here</source>
        <translation>✗ dépasse la mémoire disponible</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Hub &amp;sign-in</source>
        <translation>Connexion au &amp;dépôt</translation>
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation>Connexion au dépôt</translation>
    </message>
    <message>
        <source>Only for models whose owner asks for it: a “Basic” entry with the hub's access key as password</source>
        <translation>Seulement pour les modèles dont le propriétaire l’exige : une entrée « Basic » avec la clé d’accès du dépôt comme mot de passe</translation>
    </message>
    <message>
        <source>Weights in &amp;memory</source>
        <translation>Poids en &amp;mémoire</translation>
    </message>
</context>
<context>
    <name>ModelTable</name>
    <message>
        <source>Memory needed</source>
        <translation>Mémoire nécessaire</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Emplacement</translation>
    </message>
    <message>
        <source>in use, {where}</source>
        <translation>utilisé, {where}</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>&amp;Add folder…</source>
        <translation>&amp;Ajouter un dossier…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>&amp;Télécharger…</translation>
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation>&amp;Retirer de la liste</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Utiliser</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>&amp;Vérifier</translation>
    </message>
    <message>
        <source>Asking what there is to fetch</source>
        <translation>Recherche de ce qui est à télécharger</translation>
    </message>
    <message>
        <source>Cancelled; what has been fetched is kept.</source>
        <translation>Annulé ; ce qui a été téléchargé est conservé.</translation>
    </message>
    <message>
        <source>Checking {name}</source>
        <translation>Vérification de {name}</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>De&amp;lete…</source>
        <translation>&amp;Supprimer…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>Supprimer {name} ?</translation>
    </message>
    <message>
        <source>Deleting {name}</source>
        <translation>Suppression de {name}</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Télécharger</translation>
    </message>
    <message>
        <source>Download {name}?</source>
        <translation>Télécharger {name} ?</translation>
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation>Téléchargement de {name}</translation>
    </message>
    <message>
        <source>Folder of a model</source>
        <translation>Dossier d’un modèle</translation>
    </message>
    <message>
        <source>Free there</source>
        <translation>Espace libre</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Origine</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>Its files in {folder} go for good.</source>
        <translation>Ses fichiers dans {folder} seront définitivement supprimés.</translation>
    </message>
    <message>
        <source>Its files in {folder} go; they can be fetched again.</source>
        <translation>Ses fichiers dans {folder} seront supprimés ; ils pourront être téléchargés à nouveau.</translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation>Recherche des modèles</translation>
    </message>
    <message>
        <source>Looking into the folder</source>
        <translation>Examen du dossier</translation>
    </message>
    <message>
        <source>Models of a remote runtime are seen to on its machine</source>
        <translation>Les modèles d’un moteur distant se gèrent sur sa machine</translation>
    </message>
    <message>
        <source>TerraScope models</source>
        <translation>Modèles TerraScope</translation>
    </message>
    <message>
        <source>There is no complete model in {folder}: choose one with config.json and *.safetensors.</source>
        <translation>Il n’y a pas de modèle complet dans {folder} : choisissez-en un avec config.json et *.safetensors.</translation>
    </message>
    <message>
        <source>These are the models of the remote runtime; they are fetched and taught on its machine.</source>
        <translation>Ce sont les modèles du moteur distant ; ils se téléchargent et s’entraînent sur sa machine.</translation>
    </message>
    <message>
        <source>To fetch</source>
        <translation>À télécharger</translation>
    </message>
    <message>
        <source>{missing} of {total}</source>
        <translation>{missing} sur {total}</translation>
    </message>
    <message>
        <source>{name} is complete and can be read; nothing is known to compare its files with.</source>
        <translation>{name} est complet et lisible ; il n’existe rien à quoi comparer ses fichiers.</translation>
    </message>
    <message>
        <source>{name} is complete, and every file is as it was published.</source>
        <translation>{name} est complet et tous ses fichiers sont tels que publiés.</translation>
    </message>
    <message>
        <source>{name} was deleted.</source>
        <translation>{name} a été supprimé.</translation>
    </message>
</context>
<context>
    <name>Needs</name>
    <message>
        <source>&amp;Fetch Python, install</source>
        <translation>Télécharger Python et &amp;installer</translation>
    </message>
    <message>
        <source>&amp;Install</source>
        <translation>&amp;Installer</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>&amp;Examiner</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Examiner à nouveau</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modèles…</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Réessa&amp;yer</translation>
    </message>
    <message>
        <source>&amp;Update</source>
        <translation>Mettre à jo&amp;ur</translation>
    </message>
    <message>
        <source>Being installed; QGIS can be used meanwhile.</source>
        <translation>Installation en cours ; QGIS reste utilisable.</translation>
    </message>
    <message>
        <source>Being looked at…</source>
        <translation>Examen en cours…</translation>
    </message>
    <message>
        <source>Chosen by hand: {path}</source>
        <translation>Choisi manuellement : {path}</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Périphérique</translation>
    </message>
    <message>
        <source>Installed in the QGIS profile</source>
        <translation>Installé dans le profil QGIS</translation>
    </message>
    <message>
        <source>Known when the environment is there.</source>
        <translation>Connu une fois l’environnement en place.</translation>
    </message>
    <message>
        <source>Make an environment in the QGIS profile and use that instead</source>
        <translation>Créer un environnement dans le profil QGIS et l’utiliser à la place</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Named by TERRASCOPE_RUNTIME_PYTHON: {path}</source>
        <translation>Indiqué par TERRASCOPE_RUNTIME_PYTHON : {path}</translation>
    </message>
    <message>
        <source>Not installed yet. A Python environment of its own in your QGIS profile (about 1 GB, several with CUDA); nothing of QGIS is changed.</source>
        <translation>Pas encore installé. Un environnement Python séparé dans votre profil QGIS (environ 1 Go, plusieurs avec CUDA) ; rien n’est modifié dans QGIS.</translation>
    </message>
    <message>
        <source>Not looked at yet.</source>
        <translation>Pas encore examiné.</translation>
    </message>
    <message>
        <source>Of the plugin's own folder: {path}</source>
        <translation>Du dossier de l’extension : {path}</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Processeur</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Moteur</translation>
    </message>
    <message>
        <source>TerraScope was updated, and the environment is for an earlier version.</source>
        <translation>TerraScope a été mis à jour et l’environnement date d’une version antérieure.</translation>
    </message>
    <message>
        <source>The folder of {name} is gone</source>
        <translation>Le dossier de {name} a disparu</translation>
    </message>
    <message>
        <source>There is no Python at {path}, which was chosen by hand.</source>
        <translation>Il n’y a pas de Python à l’emplacement choisi, {path}.</translation>
    </message>
    <message>
        <source>other versions than were tested: {names}</source>
        <translation>autres versions que celles testées : {names}</translation>
    </message>
    <message>
        <source>{name} has not been fetched yet</source>
        <translation>{name} n’a pas encore été téléchargé</translation>
    </message>
    <message>
        <source>{name} is missing: install again</source>
        <translation>{name} manque : réinstallez</translation>
    </message>
    <message>
        <source>{name}, comes with the plugin</source>
        <translation>{name}, fourni avec l’extension</translation>
    </message>
    <message>
        <source>{name}, fetched</source>
        <translation>{name}, téléchargé</translation>
    </message>
    <message>
        <source>{name}, in a folder of yours</source>
        <translation>{name}, dans un de vos dossiers</translation>
    </message>
    <message>
        <source>{name}, {memory} of memory free</source>
        <translation>{name}, {memory} de mémoire libre</translation>
    </message>
</context>
<context>
    <name>OptionsPage</name>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Périphérique</translation>
    </message>
    <message>
        <source>&amp;Ellipsoid</source>
        <translation>&amp;Ellipsoïde</translation>
    </message>
    <message>
        <source>&amp;Folder for results</source>
        <translation>&amp;Dossier des résultats</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>&amp;Python</source>
        <translation>P&amp;ython</translation>
    </message>
    <message>
        <source>&amp;Reasoning</source>
        <translation>&amp;Raisonnement</translation>
    </message>
    <message>
        <source>&amp;Stretch</source>
        <translation>Ét&amp;irement</translation>
    </message>
    <message>
        <source>&amp;Units shown</source>
        <translation>&amp;Unités affichées</translation>
    </message>
    <message>
        <source>Add the layers of an answer to the project by themselves</source>
        <translation>Ajouter automatiquement les couches d’une réponse au projet</translation>
    </message>
    <message>
        <source>Another language appears with the next start of QGIS.</source>
        <translation>La nouvelle langue s’affichera au prochain démarrage de QGIS.</translation>
    </message>
    <message>
        <source>As in QGIS's locale</source>
        <translation>Comme la locale de QGIS</translation>
    </message>
    <message>
        <source>As in the paper</source>
        <translation>Comme dans l’article</translation>
    </message>
    <message>
        <source>As the published weights were run</source>
        <translation>Comme les poids publiés ont été utilisés</translation>
    </message>
    <message>
        <source>Automatic: a GPU where there is one</source>
        <translation>Automatique : un GPU s’il y en a un</translation>
    </message>
    <message>
        <source>Automatic: reflectance where it is known</source>
        <translation>Automatique : la réflectance lorsqu’elle est connue</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Métriques</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modèles…</translation>
    </message>
    <message>
        <source>Plugin</source>
        <translation>Extension</translation>
    </message>
    <message>
        <source>Processor (cpu)</source>
        <translation>Processeur (cpu)</translation>
    </message>
    <message>
        <source>Relative: 2 to 98 percentile of each band</source>
        <translation>Relatif : du 2e au 98e centile de chaque bande</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Moteur</translation>
    </message>
    <message>
        <source>Runtime…</source>
        <translation>Moteur…</translation>
    </message>
    <message>
        <source>Scenes and measures</source>
        <translation>Scènes et mesures</translation>
    </message>
    <message>
        <source>That of QGIS</source>
        <translation>Celle de QGIS</translation>
    </message>
    <message>
        <source>That of the project</source>
        <translation>Celui du projet</translation>
    </message>
    <message>
        <source>That of the scene</source>
        <translation>Celui de la scène</translation>
    </message>
    <message>
        <source>The folder for results, {path}, is no whole path: choose it again.</source>
        <translation>Le dossier des résultats, {path}, n’est pas un chemin complet : choisissez-le à nouveau.</translation>
    </message>
    <message>
        <source>There is no Python at {path}: choose it again, or leave the field empty.</source>
        <translation>Il n’y a pas de Python à l’emplacement {path} : choisissez-le à nouveau ou laissez le champ vide.</translation>
    </message>
    <message>
        <source>US (acres, feet, miles)</source>
        <translation>US (acres, pieds, miles)</translation>
    </message>
    <message>
        <source>Weights in &amp;memory</source>
        <translation>Poids en &amp;mémoire</translation>
    </message>
    <message>
        <source>{path} is a file: choose a folder for results.</source>
        <translation>{path} est un fichier : choisissez un dossier pour les résultats.</translation>
    </message>
    <message>
        <source>“{name}” is no device: use auto, cpu, mps, cuda, or cuda: and a number.</source>
        <translation>« {name} » n’est pas un périphérique : utilisez auto, cpu, mps, cuda ou cuda: suivi d’un numéro.</translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>How many hectares of water are there?</source>
        <translation>En anglais, par exemple : How many hectares of water are there?</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Question</translation>
    </message>
</context>
<context>
    <name>RasterChoice</name>
    <message>
        <source>A file, a folder (SAFE, Landsat, one-band files), and more</source>
        <translation>Un fichier, un dossier (SAFE, Landsat, fichiers à une bande), et plus</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Choisir un fichier…</translation>
    </message>
    <message>
        <source>Choose a folder of bands…</source>
        <translation>Choisir un dossier de bandes…</translation>
    </message>
    <message>
        <source>Choose a raster file</source>
        <translation>Choisir un fichier raster</translation>
    </message>
    <message>
        <source>Choose the folder of a scene</source>
        <translation>Choisir le dossier d’une scène</translation>
    </message>
</context>
<context>
    <name>RemoteGroup</name>
    <message>
        <source>&amp;Test connection</source>
        <translation>&amp;Tester la connexion</translation>
    </message>
    <message>
        <source>A “Basic” entry with the runtime's key as its password</source>
        <translation>Une entrée « Basic » avec la clé du moteur comme mot de passe</translation>
    </message>
    <message>
        <source>Add&amp;ress</source>
        <translation>Adre&amp;sse</translation>
    </message>
    <message>
        <source>Address of the remote runtime</source>
        <translation>Adresse du moteur distant</translation>
    </message>
    <message>
        <source>Choose the sign-in with the remote runtime's key, or leave its address empty.</source>
        <translation>Choisissez la connexion qui contient la clé du moteur distant, ou laissez son adresse vide.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>None: this machine computes</source>
        <translation>Aucun : cette machine calcule</translation>
    </message>
    <message>
        <source>Runtime on another machine</source>
        <translation>Moteur sur une autre machine</translation>
    </message>
    <message>
        <source>Sign-&amp;in</source>
        <translation>Conne&amp;xion</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>https://host:port, or http://127.0.0.1:port at this end of an SSH tunnel. Scenes are sent there.</source>
        <translation>https://hôte:port, ou http://127.0.0.1:port à cette extrémité d’un tunnel SSH. Les scènes y sont envoyées.</translation>
    </message>
</context>
<context>
    <name>RuntimeStatusAlgorithm</name>
    <message>
        <source>Asking the runtime; it is started if it does not run.</source>
        <translation>Le moteur est interrogé ; il est démarré s’il ne tourne pas.</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Occupé</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Matériel de calcul</translation>
    </message>
    <message>
        <source>Memory that the chosen model needs (MB)</source>
        <translation>Mémoire nécessaire au modèle choisi (Mo)</translation>
    </message>
    <message>
        <source>Models in memory</source>
        <translation>Modèles en mémoire</translation>
    </message>
    <message>
        <source>Models that can answer</source>
        <translation>Modèles qui peuvent répondre</translation>
    </message>
    <message>
        <source>On another machine</source>
        <translation>Sur une autre machine</translation>
    </message>
    <message>
        <source>Questions running and waiting</source>
        <translation>Questions en cours et en attente</translation>
    </message>
    <message>
        <source>Runtime status</source>
        <translation>État du moteur</translation>
    </message>
    <message>
        <source>Runtime {version} on {device}, protocol {protocol}, {jobs} question(s) running and waiting</source>
        <translation>Moteur {version} sur {device}, protocole {protocol}, {jobs} question(s) en cours et en attente</translation>
    </message>
    <message>
        <source>Tells which runtime answers, and starts it if it does not run: use it to see whether the installation is complete, or first in a model or script. It has no parameters. It fails, and says why, when the runtime does not start.

VERSION: of the runtime. DEVICE: what it computes on. BUSY, JOBS: whether, and how many questions it answers or has waiting. REMOTE: whether it is on another machine. MODELS: names of the models that can answer, in lines. LOADED: those of them that are in memory. MEMORY_MB: what the model of the settings is estimated to need, in millions of bytes, as it is set to be kept in memory (0: it is not known). The log has more of each model.</source>
        <translation>Indique quel moteur répond, et le démarre s’il ne tourne pas : utile pour voir si l’installation est complète, ou en premier dans un modèle ou un script. Il n’a pas de paramètre. Il échoue, et dit pourquoi, quand le moteur ne démarre pas.

VERSION : du moteur. DEVICE : ce sur quoi il calcule. BUSY, JOBS : s’il est occupé, et combien de questions sont en cours ou en attente. REMOTE : s’il est sur une autre machine. MODELS : noms des modèles qui peuvent répondre, un par ligne. LOADED : ceux qui sont en mémoire. MEMORY_MB : ce dont le modèle des préférences aurait besoin, en millions d’octets, tel qu’il est réglé pour la mémoire (0 : inconnu). Le journal en dit plus sur chaque modèle.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>in memory</source>
        <translation>en mémoire</translation>
    </message>
    <message>
        <source>runtime,status,version,device,GPU,CUDA,models,memory,check,AI</source>
        <translation>moteur,état,version,matériel,GPU,CUDA,modèles,mémoire,vérifier,IA</translation>
    </message>
</context>
<context>
    <name>SegmentClassesAlgorithm</name>
    <message>
        <source>Areas</source>
        <translation>Surfaces</translation>
    </message>
    <message>
        <source>Class raster</source>
        <translation>Raster des classes</translation>
    </message>
    <message>
        <source>Classes, one in each line</source>
        <translation>Classes, une par ligne</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Occupation du sol</translation>
    </message>
    <message>
        <source>Makes a land-cover map of the classes that are named, with the hectares of each.

Scene, SAR, Extent: as in “Ask about a scene”. Classes: one in each line, in English; the bundled model knows water, trees, cropland, grassland, built-up area, bare ground, snow and ice, wetland, cloud, and those it was taught. Words for them that it knows, like forest, are taken for them.

Each class is marked by itself. Where two of them overlap, the ground belongs to the one whose mask has the higher score, so every pixel has one class or none.
Output: polygons, one for each connected part, with class (number of the class), phrase (its name), area_ha, area_uncertainty_ha (half a pixel either side of the boundary), coverage_pct (of what the scene shows), pixels, and score (of the whole class, 0 to 1). Areas: a table with a row for each class, also of those that were not found. Class raster: on the scene's own grid, with the numbers of the classes; 0 is none of them, or nothing to see. Page: the table for people (HTML). MAPPED_HA, MAPPED_PCT: all classes together.

Hectares are measured on the raster's own grid and ellipsoid and are exact for the mask. Whether the mask is right is another matter: look at it before you rely on a figure.</source>
        <translation>Fait une carte d’occupation du sol des classes nommées, avec les hectares de chacune.

Scène, SAR, Emprise : comme dans « Interroger une scène ». Classes : une par ligne, en anglais ; le modèle fourni connaît water, trees, cropland, grassland, built-up area, bare ground, snow and ice, wetland, cloud, et celles qu’on lui a apprises. Les mots qu’il connaît pour elles, comme forest, sont pris pour elles.

Chaque classe est marquée séparément. Là où deux se recouvrent, le terrain revient à celle dont le masque a le score le plus élevé : chaque pixel a donc une classe ou aucune.
Résultat : des polygones, un par partie d’un seul tenant, avec class (numéro de la classe), phrase (son nom), area_ha, area_uncertainty_ha (un demi-pixel de part et d’autre de la limite), coverage_pct (de ce que montre la scène), pixels, et score (de toute la classe, 0 à 1). Surfaces : une table avec une ligne par classe, même pour celles qui n’ont pas été trouvées. Raster des classes : sur la grille de la scène, avec les numéros des classes ; 0 signifie aucune d’elles, ou rien à voir. Page : la table pour la lecture (HTML). MAPPED_HA, MAPPED_PCT : toutes les classes ensemble.

Les hectares sont mesurés sur la grille et l’ellipsoïde du raster et sont exacts pour le masque. Que le masque soit juste est une autre affaire : regardez-le avant de vous fier à un chiffre.</translation>
    </message>
    <message>
        <source>Map land cover</source>
        <translation>Cartographier l’occupation du sol</translation>
    </message>
    <message>
        <source>Mapped (ha)</source>
        <translation>Cartographié (ha)</translation>
    </message>
    <message>
        <source>Mapped share of the scene (%)</source>
        <translation>Part cartographiée de la scène (%)</translation>
    </message>
    <message>
        <source>Page of areas</source>
        <translation>Page des surfaces</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Scène</translation>
    </message>
    <message>
        <source>There is no class yet: write one in each line.</source>
        <translation>Il n’y a pas encore de classe : écrivez-en une par ligne.</translation>
    </message>
    <message>
        <source>land cover,land use,classification,segmentation,classes,map,polygonise,area,hectares,water,forest,AI</source>
        <translation>occupation du sol,utilisation du sol,classification,segmentation,classes,carte,polygoniser,surface,hectares,eau,forêt,IA</translation>
    </message>
    <message>
        <source>{count} classes are more than can be mapped at once: name up to {most}.</source>
        <translation>{count} classes sont plus qu’on ne peut en cartographier à la fois : nommez-en {most} au plus.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({why}): choose another place.</source>
        <translation>{name} ne peut pas être écrit ({why}) : choisissez un autre emplacement.</translation>
    </message>
</context>
<context>
    <name>StateRow</name>
    <message>
        <source>being looked at</source>
        <translation>examen en cours</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>manquant</translation>
    </message>
    <message>
        <source>needs attention</source>
        <translation>à vérifier</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>pas encore connu</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>prêt</translation>
    </message>
</context>
<context>
    <name>StoreProgress</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;nnuler</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} sur {total}</translation>
    </message>
</context>
<context>
    <name>Swatch</name>
    <message>
        <source>Preview of the bands</source>
        <translation>Aperçu des bandes</translation>
    </message>
</context>
<context>
    <name>Teach</name>
    <message>
        <source>Show on the map what is where: the answer follows at once</source>
        <translation>Montrer sur la carte ce qui s’y trouve : la réponse suit aussitôt</translation>
    </message>
    <message>
        <source>Teach it here</source>
        <translation>Apprendre ici</translation>
    </message>
    <message>
        <source>Teaching draws the masks anew; your corrections stay in {file}.</source>
        <translation>L’apprentissage redessine les masques ; vos corrections restent dans {file}.</translation>
    </message>
    <message>
        <source>taught with {examples}</source>
        <translation>appris avec {examples}</translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message>
        <source>Choose a class of the answer, or write what the place shows</source>
        <translation>Choisissez une classe de la réponse ou écrivez ce que montre le lieu</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminer</translation>
    </message>
    <message>
        <source>Draw around it, corner by corner</source>
        <translation>Le délimiter, sommet par sommet</translation>
    </message>
    <message>
        <source>End teaching (Escape on the map)</source>
        <translation>Terminer l’apprentissage (Échap sur la carte)</translation>
    </message>
    <message>
        <source>On the map: left click, it is here; right click, it is not; Shift and drag, an area.</source>
        <translation>Sur la carte : clic gauche, c’en est ; clic droit, ce n’en est pas ; Maj et glisser, une zone.</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Contour</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Montrer</translation>
    </message>
    <message>
        <source>Take all examples back</source>
        <translation>Retirer tous les exemples</translation>
    </message>
    <message>
        <source>Take the last example back (Ctrl+Z on the map)</source>
        <translation>Retirer le dernier exemple (Ctrl+Z sur la carte)</translation>
    </message>
    <message>
        <source>The answer follows…</source>
        <translation>La réponse arrive…</translation>
    </message>
    <message>
        <source>The date you show it on</source>
        <translation>La date sur laquelle vous le montrez</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>What you show</source>
        <translation>Ce que vous montrez</translation>
    </message>
</context>
<context>
    <name>TemplateMenu</name>
    <message>
        <source>Templates…</source>
        <translation>Gabarits…</translation>
    </message>
    <message>
        <source>Ways of asking that the model knows, with classes to fill in</source>
        <translation>Tournures que le modèle connaît, avec des classes à compléter</translation>
    </message>
    <message>
        <source>{task} (several dates)</source>
        <translation>{task} (plusieurs dates)</translation>
    </message>
</context>
<context>
    <name>TerraScope</name>
    <message>
        <source>&amp;Look</source>
        <translation>&amp;Examiner</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Examiner à nouveau</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modèles…</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Réessa&amp;yer</translation>
    </message>
    <message>
        <source>1 example</source>
        <translation>1 exemple</translation>
    </message>
    <message>
        <source>A build with CUDA may need 11 GB in all; less is free.</source>
        <translation>Une version avec CUDA peut demander 11 Go au total ; il y a moins d’espace libre.</translation>
    </message>
    <message>
        <source>A pattern chooses among the files of a folder: give a folder, or no pattern.</source>
        <translation>Un motif choisit parmi les fichiers d’un dossier : donnez un dossier, ou pas de motif.</translation>
    </message>
    <message>
        <source>Above the no-change floor</source>
        <translation>Au-dessus du seuil de non-changement</translation>
    </message>
    <message>
        <source>Another QGIS is installing the runtime into this profile: wait for it.</source>
        <translation>Un autre QGIS est en train d’installer le moteur dans ce profil : attendez qu’il ait terminé.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>Réponse : {answer}</translation>
    </message>
    <message>
        <source>Answered {time} with {versions}</source>
        <translation>Réponse du {time} avec {versions}</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Surface</translation>
    </message>
    <message>
        <source>Area (ha)</source>
        <translation>Surface (ha)</translation>
    </message>
    <message>
        <source>Area of each mask: {figures}.</source>
        <translation>Surface de chaque masque : {figures}.</translation>
    </message>
    <message>
        <source>Area over the dates, on the ground that all of them show: {figures}.</source>
        <translation>Surface au fil des dates, sur le terrain qu’elles montrent toutes : {figures}.</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Interroger</translation>
    </message>
    <message>
        <source>Ask a question about a scene</source>
        <translation>Poser une question sur une scène</translation>
    </message>
    <message>
        <source>Asks through a tunnel, port {port}</source>
        <translation>Interroge par un tunnel, port {port}</translation>
    </message>
    <message>
        <source>Asks {host}</source>
        <translation>Interroge {host}</translation>
    </message>
    <message>
        <source>Asks {url}</source>
        <translation>Interroge {url}</translation>
    </message>
    <message>
        <source>Automatic: the best that fits</source>
        <translation>Automatique : le meilleur qui tienne en mémoire</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lots</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Limite</translation>
    </message>
    <message>
        <source>Boundary uncertainty (± ha)</source>
        <translation>Incertitude de contour (± ha)</translation>
    </message>
    <message>
        <source>CRS as in the GeoPackage</source>
        <translation>SCR tel que dans le GeoPackage</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Annulé.</translation>
    </message>
    <message>
        <source>Capture layers that are no files at (metres per pixel; empty: their own)</source>
        <translation>Capturer les couches qui ne sont pas des fichiers à (mètres par pixel ; vide : la leur)</translation>
    </message>
    <message>
        <source>Capturing {name}</source>
        <translation>Capture de {name}</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changement</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Changements</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Compiling packages, so that they start quickly</source>
        <translation>Compilation des paquets, pour qu’ils démarrent vite</translation>
    </message>
    <message>
        <source>Computed as {how}.</source>
        <translation>Calculé avec {how}.</translation>
    </message>
    <message>
        <source>Connecting to the remote runtime</source>
        <translation>Connexion au moteur distant</translation>
    </message>
    <message>
        <source>Connecting to {url}…</source>
        <translation>Connexion à {url}…</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Dénombrement</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Couverture</translation>
    </message>
    <message>
        <source>Date {number} has no scene: choose one, or remove the date.</source>
        <translation>La date {number} n’a pas de scène : choisissez-en une ou retirez la date.</translation>
    </message>
    <message>
        <source>Days, like 2017-06-04; 2018-03-30 (empty: from metadata and names)</source>
        <translation>Jours, par exemple 2017-06-04; 2018-03-30 (vide : d’après les métadonnées et les noms)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distance</translation>
    </message>
    <message>
        <source>Distance, centroids (m)</source>
        <translation>Distance, centroïdes (m)</translation>
    </message>
    <message>
        <source>Distance, edge to edge (m)</source>
        <translation>Distance, bord à bord (m)</translation>
    </message>
    <message>
        <source>Distances</source>
        <translation>Distances</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Éléments de preuve</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Emprise</translation>
    </message>
    <message>
        <source>Fetching Python</source>
        <translation>Téléchargement de Python</translation>
    </message>
    <message>
        <source>Fetching packages</source>
        <translation>Téléchargement des paquets</translation>
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation>Téléchargement de {name}</translation>
    </message>
    <message>
        <source>Fetching {package}</source>
        <translation>Téléchargement de {package}</translation>
    </message>
    <message>
        <source>Fewer bytes need less memory, and masks and answers become less exact</source>
        <translation>Moins d’octets demandent moins de mémoire, mais les masques et les réponses perdent en précision</translation>
    </message>
    <message>
        <source>Figures follow the masks as they were corrected by hand on {time}; </source>
        <translation>Les chiffres suivent les masques tels que corrigés à la main le {time} ; </translation>
    </message>
    <message>
        <source>Files of {names} are missing or changed, perhaps by an anti-virus program: install again.</source>
        <translation>Des fichiers de {names} manquent ou ont changé, peut-être à cause d’un antivirus : réinstallez.</translation>
    </message>
    <message>
        <source>From image</source>
        <translation>Image de départ</translation>
    </message>
    <message>
        <source>From step</source>
        <translation>Étape de départ</translation>
    </message>
    <message>
        <source>Further dates</source>
        <translation>Dates suivantes</translation>
    </message>
    <message>
        <source>Further dates: SAR, in the same order</source>
        <translation>Dates suivantes : SAR, dans le même ordre</translation>
    </message>
    <message>
        <source>Further dates: cloud layers, in the same order</source>
        <translation>Dates suivantes : couches de nuages, dans le même ordre</translation>
    </message>
    <message>
        <source>Further dates: folders of bands (name a file in each, like *_MTL.txt)</source>
        <translation>Dates suivantes : dossiers de bandes (nommez un fichier de chacun, par exemple *_MTL.txt)</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Give one of the three: scenes, a folder, or a table of scenes.</source>
        <translation>Donnez l’un des trois : des scènes, un dossier ou une table de scènes.</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>Hidden by clouds</source>
        <translation>Caché par les nuages</translation>
    </message>
    <message>
        <source>How well it finds them on other places, with {bands}</source>
        <translation>Qualité de détection en d’autres lieux, avec {bands}</translation>
    </message>
    <message>
        <source>Hub sign-in</source>
        <translation>Connexion au dépôt</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Images over two pixels apart</source>
        <translation>Images décalées de plus de deux pixels</translation>
    </message>
    <message>
        <source>Installed only in part, again: {name}</source>
        <translation>Installé en partie seulement, nouvel essai : {name}</translation>
    </message>
    <message>
        <source>Installing packages</source>
        <translation>Installation des paquets</translation>
    </message>
    <message>
        <source>IoU on held-out ground {before} → {after}</source>
        <translation>IoU sur les zones de validation {before} → {after}</translation>
    </message>
    <message>
        <source>IoU {iou}, coverage ± {error}</source>
        <translation>IoU {iou}, couverture ± {error}</translation>
    </message>
    <message>
        <source>It is a picture: its colours are no reflectance.</source>
        <translation>C’est une image affichée : ses couleurs ne sont pas des réflectances.</translation>
    </message>
    <message>
        <source>Judgement</source>
        <translation>Appréciation</translation>
    </message>
    <message>
        <source>Known when the runtime answers.</source>
        <translation>Connu dès que le moteur répond.</translation>
    </message>
    <message>
        <source>Land cover</source>
        <translation>Occupation du sol</translation>
    </message>
    <message>
        <source>Land cover per polygon</source>
        <translation>Occupation du sol par polygone</translation>
    </message>
    <message>
        <source>Larger of two</source>
        <translation>Le plus grand des deux</translation>
    </message>
    <message>
        <source>Leave out parts smaller than (ha)</source>
        <translation>Écarter les parties plus petites que (ha)</translation>
    </message>
    <message>
        <source>Looked at twice</source>
        <translation>Regardé deux fois</translation>
    </message>
    <message>
        <source>Looking at the package index</source>
        <translation>Consultation de l’index des paquets</translation>
    </message>
    <message>
        <source>Looking at this computer</source>
        <translation>Examen de cet ordinateur</translation>
    </message>
    <message>
        <source>Looking for Python 3.11, 3.12 or 3.13</source>
        <translation>Recherche de Python 3.11, 3.12 ou 3.13</translation>
    </message>
    <message>
        <source>Making the environment</source>
        <translation>Création de l’environnement</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Cartographier</translation>
    </message>
    <message>
        <source>Mask score (0-1)</source>
        <translation>Score du masque (0-1)</translation>
    </message>
    <message>
        <source>Masks corrected by hand, and their figures measured again, {time}</source>
        <translation>Masques corrigés à la main et chiffres mesurés à nouveau, {time}</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Mesuré</translation>
    </message>
    <message>
        <source>Measured on the ellipsoid {ellipsoid}; ± is half a pixel along the boundary.</source>
        <translation>Mesuré sur l’ellipsoïde {ellipsoid} ; ± correspond à un demi-pixel le long du contour.</translation>
    </message>
    <message>
        <source>Model folder or name (empty: the model of the settings)</source>
        <translation>Dossier ou nom du modèle (vide : celui des paramètres)</translation>
    </message>
    <message>
        <source>Model: {figure}</source>
        <translation>Modèle : {figure}</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modèles…</translation>
    </message>
    <message>
        <source>Names of its scenes, like *.tif or **/*_B04.tif (empty: all rasters)</source>
        <translation>Noms de ses scènes, comme *.tif ou **/*_B04.tif (vide : tous les rasters)</translation>
    </message>
    <message>
        <source>No NVIDIA driver was found, so the processor computes. The package index has only the large CUDA build for Linux (2.7 GB to fetch); name an index of CPU builds under “Other ways” to fetch 0.2 GB instead.</source>
        <translation>Aucun pilote NVIDIA n’a été trouvé, c’est donc le processeur qui calcule. Pour Linux, l’index des paquets n’a que la grosse version CUDA (2,7 Go à télécharger) ; indiquez un index de versions CPU sous « Autres méthodes » pour ne télécharger que 0,2 Go.</translation>
    </message>
    <message>
        <source>No NVIDIA driver was found: PyTorch's build for the processor.</source>
        <translation>Aucun pilote NVIDIA n’a été trouvé : version de PyTorch pour le processeur.</translation>
    </message>
    <message>
        <source>No Python 3.11, 3.12 or 3.13 (64 bits) was found. Install one from python.org or your system's packages, or let the installer fetch one.</source>
        <translation>Aucun Python 3.11, 3.12 ou 3.13 (64 bits) n’a été trouvé. Installez-en un depuis python.org ou avec les paquets de votre système, ou laissez l’installateur en télécharger un.</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Sans données</translation>
    </message>
    <message>
        <source>No data in at least one image</source>
        <translation>Sans données sur au moins une image</translation>
    </message>
    <message>
        <source>No secure connection can be made to {url}: see Details.</source>
        <translation>Aucune connexion sécurisée à {url} n’est possible : voir les détails.</translation>
    </message>
    <message>
        <source>No style for {layer}: {why}</source>
        <translation>Pas de style pour {layer} : {why}</translation>
    </message>
    <message>
        <source>None of the polygons “{name}” has a class in the field {field}: fill it in.</source>
        <translation>Aucun des polygones « {name} » n’a de classe dans le champ {field} : remplissez-le.</translation>
    </message>
    <message>
        <source>Not seen</source>
        <translation>Non vu</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Remarques</translation>
    </message>
    <message>
        <source>Nothing could be captured of the layer “{name}”: check that QGIS shows it there.</source>
        <translation>Rien n’a pu être capturé de la couche « {name} » : vérifiez que QGIS l’affiche à cet endroit.</translation>
    </message>
    <message>
        <source>Nothing listens at {url}: is the tunnel open?</source>
        <translation>Rien n’écoute à {url} : le tunnel est-il ouvert ?</translation>
    </message>
    <message>
        <source>Nothing listens at {url}: start the runtime there, and check the port.</source>
        <translation>Rien n’écoute à {url} : démarrez-y le moteur et vérifiez le port.</translation>
    </message>
    <message>
        <source>On another machine: {url}</source>
        <translation>Sur une autre machine : {url}</translation>
    </message>
    <message>
        <source>Optical and SAR of one date together</source>
        <translation>Optique et SAR d’une même date ensemble</translation>
    </message>
    <message>
        <source>Or a table of scene, sar, dates, question (CSV), or STAC items (JSON)</source>
        <translation>Ou une table de scene, sar, dates, question (CSV), ou des éléments STAC (JSON)</translation>
    </message>
    <message>
        <source>Or all scenes of a folder</source>
        <translation>Ou toutes les scènes d’un dossier</translation>
    </message>
    <message>
        <source>Over the dates</source>
        <translation>Au fil des dates</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixels</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Lieu</translation>
    </message>
    <message>
        <source>Polygon {number}.</source>
        <translation>Polygone {number}.</translation>
    </message>
    <message>
        <source>Preparing the installer</source>
        <translation>Préparation de l’installateur</translation>
    </message>
    <message>
        <source>PyTorch comes from the index you named, build {build}.</source>
        <translation>PyTorch vient de l’index que vous avez indiqué, version {build}.</translation>
    </message>
    <message>
        <source>PyTorch's CUDA build suits it.</source>
        <translation>La version CUDA de PyTorch lui convient.</translation>
    </message>
    <message>
        <source>PyTorch's build for macOS; it uses Apple's GPU where there is one.</source>
        <translation>Version de PyTorch pour macOS ; elle utilise le GPU d’Apple s’il y en a un.</translation>
    </message>
    <message>
        <source>Python {version}: {path}</source>
        <translation>Python {version} : {path}</translation>
    </message>
    <message>
        <source>QGIS cannot measure on the ellipsoid of {crs}: reproject the scene.</source>
        <translation>QGIS ne peut pas mesurer sur l’ellipsoïde de {crs} : reprojetez la scène.</translation>
    </message>
    <message>
        <source>QGIS measures {here} ha for {phrase}, the report says {there} ha.</source>
        <translation>QGIS mesure {here} ha pour {phrase}, le rapport indique {there} ha.</translation>
    </message>
    <message>
        <source>QGIS's proxy makes no connection to {url}: see Details.</source>
        <translation>Le proxy de QGIS n’établit pas de connexion à {url} : voir les détails.</translation>
    </message>
    <message>
        <source>QGIS's proxy {host} is not an HTTP proxy, and a remote runtime is reached through no other: add the runtime's address to those without proxy in Settings &gt; Options &gt; Network.</source>
        <translation>Le proxy de QGIS {host} n’est pas un proxy HTTP, seul moyen d’atteindre un moteur distant : ajoutez l’adresse du moteur aux exceptions sans proxy dans Préférences &gt; Options &gt; Réseau.</translation>
    </message>
    <message>
        <source>QGIS's proxy {host} is not an HTTP proxy, and models can be fetched through no other: set one in Settings &gt; Options &gt; Network.</source>
        <translation>Le proxy de QGIS {host} n’est pas un proxy HTTP, seul moyen de télécharger des modèles : indiquez-en un dans Préférences &gt; Options &gt; Réseau.</translation>
    </message>
    <message>
        <source>QGIS's trusted certificates cannot be read: check them in Settings &gt; Options &gt; Authentication.</source>
        <translation>Les certificats de confiance de QGIS ne peuvent pas être lus : vérifiez-les dans Préférences &gt; Options &gt; Authentification.</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Classement</translation>
    </message>
    <message>
        <source>Reading {name}: {percent} %</source>
        <translation>Lecture de {name} : {percent} %</translation>
    </message>
    <message>
        <source>Reasoning profile</source>
        <translation>Profil de raisonnement</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Région</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Suppression</translation>
    </message>
    <message>
        <source>Report (JSON)</source>
        <translation>Rapport (JSON)</translation>
    </message>
    <message>
        <source>Runtime…</source>
        <translation>Moteur…</translation>
    </message>
    <message>
        <source>SAR scenes</source>
        <translation>Scènes SAR</translation>
    </message>
    <message>
        <source>Say what you show: choose a class, or write its name.</source>
        <translation>Indiquez ce que vous montrez : choisissez une classe ou écrivez son nom.</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Scènes</translation>
    </message>
    <message>
        <source>Scenes of over four million pixels: reason over</source>
        <translation>Scènes de plus de quatre millions de pixels : raisonner sur</translation>
    </message>
    <message>
        <source>Sending {name}: {percent} %, {done} of {total} MB</source>
        <translation>Envoi de {name} : {percent} %, {done} sur {total} Mo</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Série</translation>
    </message>
    <message>
        <source>Share of the scene</source>
        <translation>Part de la scène</translation>
    </message>
    <message>
        <source>Share of the scene (%)</source>
        <translation>Part de la scène (%)</translation>
    </message>
    <message>
        <source>Share of tokens from SAR (0-1)</source>
        <translation>Part des jetons issus du SAR (0-1)</translation>
    </message>
    <message>
        <source>Shared edge (m)</source>
        <translation>Limite commune (m)</translation>
    </message>
    <message>
        <source>Show or hide {region} on the map</source>
        <translation>Afficher ou masquer {region} sur la carte</translation>
    </message>
    <message>
        <source>Something unexpected went wrong in the plugin: please report it with its details.</source>
        <translation>Un problème inattendu est survenu dans l’extension : signalez-le avec ses détails.</translation>
    </message>
    <message>
        <source>Starting the runtime</source>
        <translation>Démarrage du moteur</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>Sure or not is how well such masks fitted where the truth is known (mean IoU, 0 to 1; {places}); your place may be unlike those.</source>
        <translation>La certitude est l’ajustement moyen de tels masques là où la vérité est connue (IoU moyen, 0 à 1 ; {places}) ; votre lieu peut être différent.</translation>
    </message>
    <message>
        <source>Sure or not is the model's own guess of how well each mask fits (0 to 1); it is not calibrated against truth.</source>
        <translation>La certitude est l’estimation par le modèle lui-même de l’ajustement de chaque masque (0 à 1) ; elle n’est pas étalonnée sur une vérité de terrain.</translation>
    </message>
    <message>
        <source>Tables and STAC items (*.csv *.json *.geojson)</source>
        <translation>Tables et éléments STAC (*.csv *.json *.geojson)</translation>
    </message>
    <message>
        <source>Taught here</source>
        <translation>Appris ici</translation>
    </message>
    <message>
        <source>That is beyond the scene: show a place within it.</source>
        <translation>C’est hors de la scène : montrez un lieu à l’intérieur.</translation>
    </message>
    <message>
        <source>The CRS of the layer “{name}” was changed to {here}, its file says {there}: assign the right one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation>Le SCR de la couche « {name} » a été changé en {here}, son fichier indique {there} : attribuez le bon au fichier (Raster &gt; Projections &gt; Assigner une projection).</translation>
    </message>
    <message>
        <source>The answer could not be kept in {folder}: see Details, and ask again.</source>
        <translation>La réponse n’a pas pu être conservée dans {folder} : voir les détails, puis posez à nouveau la question.</translation>
    </message>
    <message>
        <source>The certificate of {url} has expired: make a new one there.</source>
        <translation>Le certificat de {url} a expiré : créez-en un nouveau là-bas.</translation>
    </message>
    <message>
        <source>The certificate of {url} is for another name: use the one it is made for.</source>
        <translation>Le certificat de {url} est établi pour un autre nom : utilisez celui pour lequel il est fait.</translation>
    </message>
    <message>
        <source>The certificate of {url} is not trusted: import its authority in Settings &gt; Options &gt; Authentication &gt; Manage Certificates &gt; Authorities, as trusted.</source>
        <translation>Le certificat de {url} n’est pas reconnu : importez son autorité comme fiable dans Préférences &gt; Options &gt; Authentification &gt; Gérer les certificats &gt; Autorités.</translation>
    </message>
    <message>
        <source>The connection to {url} was lost; nothing was written. Ask again.</source>
        <translation>La connexion à {url} a été perdue ; rien n’a été écrit. Posez à nouveau la question.</translation>
    </message>
    <message>
        <source>The corrected mask could not be measured: see the log.</source>
        <translation>Le masque corrigé n’a pas pu être mesuré : voir le journal.</translation>
    </message>
    <message>
        <source>The corrected mask was not measured: save it once more.</source>
        <translation>Le masque corrigé n’a pas été mesuré : enregistrez-le encore une fois.</translation>
    </message>
    <message>
        <source>The extent lies where {crs} does not reach: choose another one.</source>
        <translation>L’emprise se trouve hors du domaine de {crs} : choisissez-en une autre.</translation>
    </message>
    <message>
        <source>The file of the answer, {path}, is not there any more: ask again.</source>
        <translation>Le fichier de la réponse, {path}, n’existe plus : posez à nouveau la question.</translation>
    </message>
    <message>
        <source>The folder {folder} for results cannot be made: choose another one.</source>
        <translation>Le dossier {folder} des résultats ne peut pas être créé : choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The folder {folder} for results cannot be written to: choose another one.</source>
        <translation>Le dossier {folder} des résultats est protégé en écriture : choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The history cannot be deleted: {why}</source>
        <translation>L’historique ne peut pas être supprimé : {why}</translation>
    </message>
    <message>
        <source>The history cannot be kept: {why}</source>
        <translation>L’historique ne peut pas être conservé : {why}</translation>
    </message>
    <message>
        <source>The layer {layer} is missing from the GeoPackage.</source>
        <translation>La couche {layer} manque dans le GeoPackage.</translation>
    </message>
    <message>
        <source>The layer “{name}” does not reach the extent: choose another one.</source>
        <translation>La couche « {name} » n’atteint pas l’emprise : choisissez-en une autre.</translation>
    </message>
    <message>
        <source>The layer “{name}” has no coordinate reference system: assign one to the file (Raster &gt; Projections &gt; Assign Projection).</source>
        <translation>La couche « {name} » n’a pas de système de coordonnées de référence : attribuez-en un au fichier (Raster &gt; Projections &gt; Assigner une projection).</translation>
    </message>
    <message>
        <source>The layer “{name}” has no coordinate reference system: set one in its properties.</source>
        <translation>La couche « {name} » n’a pas de système de coordonnées de référence : définissez-en un dans ses propriétés.</translation>
    </message>
    <message>
        <source>The layer “{name}” is a picture that a server draws: give the resolution it is to be captured at, and an extent.</source>
        <translation>La couche « {name} » est une image dessinée par un serveur : donnez la résolution de la capture, et une emprise.</translation>
    </message>
    <message>
        <source>The layer “{name}” is broken: repair its source or remove it.</source>
        <translation>La couche « {name} » est défectueuse : réparez sa source ou retirez-la.</translation>
    </message>
    <message>
        <source>The layer “{name}” is not a local raster file ({kind}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>La couche « {name} » n’est pas un fichier raster local ({kind}) : enregistrez-la en GeoTIFF (Exporter &gt; Enregistrer sous) et interrogez ce fichier.</translation>
    </message>
    <message>
        <source>The layer “{name}” is not a plain file on this computer ({source}): save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>La couche « {name} » n’est pas un simple fichier de cet ordinateur ({source}) : enregistrez-la en GeoTIFF (Exporter &gt; Enregistrer sous) et interrogez ce fichier.</translation>
    </message>
    <message>
        <source>The layer “{name}” would be captured as {width} × {height} pixels: choose a smaller extent or a coarser resolution.</source>
        <translation>La couche « {name} » serait capturée en {width} × {height} pixels : choisissez une emprise plus petite ou une résolution plus grossière.</translation>
    </message>
    <message>
        <source>The map of the report cannot be kept in {folder}: make room there.</source>
        <translation>La carte du rapport ne peut pas être enregistrée dans {folder} : libérez-y de l’espace.</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>Le modèle n’a pas donné de réponse.</translation>
    </message>
    <message>
        <source>The model {name} is in a folder of this machine: choose one that the remote runtime has.</source>
        <translation>Le modèle {name} est dans un dossier de cette machine : choisissez-en un dont dispose le moteur distant.</translation>
    </message>
    <message>
        <source>The name {host} is not known in this network: check the address.</source>
        <translation>Le nom {host} est inconnu sur ce réseau : vérifiez l’adresse.</translation>
    </message>
    <message>
        <source>The packages are there, but a system library is missing. On Windows install the Microsoft Visual C++ Redistributable (x64); on Linux see the log for its name.</source>
        <translation>Les paquets sont là, mais une bibliothèque du système manque. Sous Windows, installez Microsoft Visual C++ Redistributable (x64) ; sous Linux, son nom est dans le journal.</translation>
    </message>
    <message>
        <source>The packages are there, but do not work together: see the log.</source>
        <translation>Les paquets sont là, mais ne fonctionnent pas ensemble : voir le journal.</translation>
    </message>
    <message>
        <source>The password of the chosen sign-in is no key of a runtime, which has 32 or more hexadecimal digits: choose another one in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Le mot de passe de la connexion choisie n’est pas une clé de moteur, qui compte au moins 32 chiffres hexadécimaux : choisissez-en une autre dans Préférences &gt; Options &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The plugin has version {ours}: update whichever is older.</source>
        <translation>L’extension est en version {ours} : mettez à jour le plus ancien des deux.</translation>
    </message>
    <message>
        <source>The polygon does not meet the scene.</source>
        <translation>Le polygone ne touche pas la scène.</translation>
    </message>
    <message>
        <source>The polygons could not be written to {path}: {why}.</source>
        <translation>Les polygones n’ont pas pu être écrits dans {path} : {why}.</translation>
    </message>
    <message>
        <source>The polygons “{name}” have no coordinate reference system: assign one to the layer.</source>
        <translation>Les polygones « {name} » n’ont pas de système de coordonnées de référence : attribuez-en un à la couche.</translation>
    </message>
    <message>
        <source>The question of this polygon is empty.</source>
        <translation>La question de ce polygone est vide.</translation>
    </message>
    <message>
        <source>The remote runtime gave its answer no name: update it.</source>
        <translation>Le moteur distant n’a pas nommé sa réponse : mettez-le à jour.</translation>
    </message>
    <message>
        <source>The remote runtime needs its key: choose a sign-in with it in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Le moteur distant demande sa clé : choisissez une connexion qui la contient dans Préférences &gt; Options &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The report could not be written to {path}: {why}.</source>
        <translation>Le rapport n’a pas pu être écrit dans {path} : {why}.</translation>
    </message>
    <message>
        <source>The runtime answered without writing a GeoPackage: update the plugin or its runtime.</source>
        <translation>Le moteur a répondu sans écrire de GeoPackage : mettez à jour l’extension ou son moteur.</translation>
    </message>
    <message>
        <source>The runtime at {url} does not accept the key: choose the sign-in with the right one in Settings &gt; Options &gt; TerraScope.</source>
        <translation>Le moteur à l’adresse {url} n’accepte pas la clé : choisissez la connexion qui contient la bonne dans Préférences &gt; Options &gt; TerraScope.</translation>
    </message>
    <message>
        <source>The runtime at {url} does not know itself by that name: start it with “--host {host}”.</source>
        <translation>Le moteur à l’adresse {url} ne se connaît pas sous ce nom : démarrez-le avec « --host {host} ».</translation>
    </message>
    <message>
        <source>The runtime at {url} speaks protocol {theirs}, the plugin {ours}: update whichever is older.</source>
        <translation>Le moteur à l’adresse {url} utilise le protocole {theirs}, l’extension le {ours} : mettez à jour le plus ancien des deux.</translation>
    </message>
    <message>
        <source>The runtime at {url} takes no scenes: start it there with “serve --remote”.</source>
        <translation>Le moteur à l’adresse {url} n’accepte pas de scènes : démarrez-le là-bas avec « serve --remote ».</translation>
    </message>
    <message>
        <source>The runtime could not be looked at: see the log.</source>
        <translation>Le moteur n’a pas pu être examiné : voir le journal.</translation>
    </message>
    <message>
        <source>The runtime could not be started: see Details.</source>
        <translation>Le moteur n’a pas pu démarrer : voir les détails.</translation>
    </message>
    <message>
        <source>The runtime did not say where it listens: install it again.</source>
        <translation>Le moteur n’a pas indiqué où il écoute : réinstallez-le.</translation>
    </message>
    <message>
        <source>The runtime did not start in two minutes: see Details, then ask again.</source>
        <translation>Le moteur n’a pas démarré en deux minutes : voir les détails, puis posez à nouveau la question.</translation>
    </message>
    <message>
        <source>The runtime does not answer {path} in JSON: install it again.</source>
        <translation>Le moteur ne répond pas à {path} en JSON : réinstallez-le.</translation>
    </message>
    <message>
        <source>The runtime ended before it had done this (exit code {code}): see Details.</source>
        <translation>Le moteur s’est arrêté avant d’avoir terminé (code de sortie {code}) : voir les détails.</translation>
    </message>
    <message>
        <source>The runtime ended before it was done (exit code {code}): see the log.</source>
        <translation>Le moteur s’est arrêté avant la fin (code {code}) : consultez le journal.</translation>
    </message>
    <message>
        <source>The runtime ended before the model was taught (exit code {code}): see Details.</source>
        <translation>Le moteur s’est arrêté avant la fin de l’entraînement (code de sortie {code}) : voir les détails.</translation>
    </message>
    <message>
        <source>The runtime ended while it was starting (exit code {code}): see Details.</source>
        <translation>Le moteur s’est arrêté pendant son démarrage (code de sortie {code}) : voir les détails.</translation>
    </message>
    <message>
        <source>The runtime is busy: it is asked again in {seconds} s</source>
        <translation>Le moteur est occupé : nouvel essai dans {seconds} s</translation>
    </message>
    <message>
        <source>The runtime refused the request (HTTP {status}): see the log.</source>
        <translation>Le moteur a refusé la demande (HTTP {status}) : voir le journal.</translation>
    </message>
    <message>
        <source>The runtime says something this plugin does not understand: update both.</source>
        <translation>Cette extension ne comprend pas ce que dit le moteur : mettez les deux à jour.</translation>
    </message>
    <message>
        <source>The runtime speaks protocol {theirs}, the plugin {ours}: update whichever is older.</source>
        <translation>Le moteur utilise le protocole {theirs}, l’extension le {ours} : mettez à jour le plus ancien des deux.</translation>
    </message>
    <message>
        <source>The runtime stopped before it had answered; nothing was written. Ask again: it is started anew.</source>
        <translation>Le moteur s’est arrêté avant d’avoir répondu ; rien n’a été écrit. Posez à nouveau la question : il sera redémarré.</translation>
    </message>
    <message>
        <source>The runtime was not looked at: try again.</source>
        <translation>Le moteur n’a pas été examiné : réessayez.</translation>
    </message>
    <message>
        <source>The runtime's Python at {path} does not start: {why}.</source>
        <translation>Le Python du moteur, {path}, ne démarre pas : {why}.</translation>
    </message>
    <message>
        <source>The runtime's Python was not found at {path}: install it with Raster &gt; TerraScope &gt; Runtime….</source>
        <translation>Le Python du moteur est introuvable à l’emplacement {path} : installez-le avec Raster &gt; TerraScope &gt; Moteur….</translation>
    </message>
    <message>
        <source>The scene that this was asked about ({scene}) is not there any more: choose another.</source>
        <translation>La scène de cette question ({scene}) n’existe plus : choisissez-en une autre.</translation>
    </message>
    <message>
        <source>The sign-in could not be read from QGIS's password store: unlock it, or choose another sign-in.</source>
        <translation>La connexion n’a pas pu être lue dans le coffre de mots de passe de QGIS : déverrouillez-le ou choisissez une autre connexion.</translation>
    </message>
    <message>
        <source>The sign-in “{name}” holds no access key: choose one of the kind “Basic” with the key as its password.</source>
        <translation>La connexion « {name} » ne contient pas de clé d’accès : choisissez-en une de type « Basic » avec la clé comme mot de passe.</translation>
    </message>
    <message>
        <source>The tunnel at {url} gives no answer: is the runtime running at its other end? Nothing was written.</source>
        <translation>Le tunnel à l’adresse {url} ne répond pas : le moteur tourne-t-il à l’autre extrémité ? Rien n’a été écrit.</translation>
    </message>
    <message>
        <source>There are no wheels (*.whl) in {folder}.</source>
        <translation>Il n’y a pas de wheels (*.whl) dans {folder}.</translation>
    </message>
    <message>
        <source>There are {given} days for {count} date(s): give one day for each date.</source>
        <translation>Il y a {given} jours pour {count} date(s) : donnez un jour par date.</translation>
    </message>
    <message>
        <source>There is no Python at {path}.</source>
        <translation>Il n’y a pas de Python à l’emplacement {path}.</translation>
    </message>
    <message>
        <source>There is no polygon.</source>
        <translation>Il n’y a pas de polygone.</translation>
    </message>
    <message>
        <source>There is no question yet: write one, or pick an example.</source>
        <translation>Il n’y a pas encore de question : écrivez-en une ou choisissez un exemple.</translation>
    </message>
    <message>
        <source>There is no scene yet: add a raster layer and choose it.</source>
        <translation>Il n’y a pas encore de scène : ajoutez une couche raster et choisissez-la.</translation>
    </message>
    <message>
        <source>There is nothing at {path}: choose the file or folder again.</source>
        <translation>Il n’y a rien à l’emplacement {path} : choisissez à nouveau le fichier ou le dossier.</translation>
    </message>
    <message>
        <source>To image</source>
        <translation>Image d’arrivée</translation>
    </message>
    <message>
        <source>To step</source>
        <translation>Étape d’arrivée</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>Touching</source>
        <translation>Contact</translation>
    </message>
    <message>
        <source>Trying it out</source>
        <translation>Essai</translation>
    </message>
    <message>
        <source>Unpacking packages</source>
        <translation>Décompression des paquets</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Incertain</translation>
    </message>
    <message>
        <source>Version {version}, computes on {device}, takes files of up to {limit}</source>
        <translation>Version {version}, calcule sur {device}, accepte des fichiers jusqu’à {limit}</translation>
    </message>
    <message>
        <source>Visual tokens</source>
        <translation>Jetons visuels</translation>
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation>En attente de {count} autre(s) question(s)</translation>
    </message>
    <message>
        <source>Weights in memory</source>
        <translation>Poids en mémoire</translation>
    </message>
    <message>
        <source>Weights in memory (empty: as in the settings)</source>
        <translation>Poids en mémoire (vide : selon les paramètres)</translation>
    </message>
    <message>
        <source>What answers at {url} is no TerraScope runtime: check the address and the port.</source>
        <translation>Ce qui répond à {url} n’est pas un moteur TerraScope : vérifiez l’adresse et le port.</translation>
    </message>
    <message>
        <source>What clouds hide, where there is no SAR</source>
        <translation>Ce que cachent les nuages, là où il n’y a pas de SAR</translation>
    </message>
    <message>
        <source>What listens at {url} speaks no HTTPS: check the address and the port.</source>
        <translation>Ce qui écoute à {url} ne parle pas HTTPS : vérifiez l’adresse et le port.</translation>
    </message>
    <message>
        <source>What the model says</source>
        <translation>Ce que dit le modèle</translation>
    </message>
    <message>
        <source>With {bands}</source>
        <translation>Avec {bands}</translation>
    </message>
    <message>
        <source>a certificate was not accepted. Your network probably looks into encrypted connections: ask its administrator for the certificate and name its file in the environment variable SSL_CERT_FILE (and PIP_CERT), or install from a folder of wheels.</source>
        <translation>un certificat n’a pas été accepté. Votre réseau inspecte sans doute les connexions chiffrées : demandez le certificat à son administrateur et indiquez son fichier dans la variable d’environnement SSL_CERT_FILE (et PIP_CERT), ou installez depuis un dossier de wheels.</translation>
    </message>
    <message>
        <source>a file was in use, often by an anti-virus program. Wait a moment and try again; if it comes back, except the folder terrascope/runtime of your QGIS profile from the scan.</source>
        <translation>un fichier était utilisé, souvent par un antivirus. Patientez un instant et réessayez ; si cela se reproduit, excluez de l’analyse le dossier terrascope/runtime de votre profil QGIS.</translation>
    </message>
    <message>
        <source>a package has no file for this system and this Python. Look into the log for its name; in a folder of wheels it is missing, else install Python 3.12 and try again.</source>
        <translation>un paquet n’a pas de fichier pour ce système et ce Python. Cherchez son nom dans le journal ; s’il manque dans un dossier de wheels, ajoutez-le, sinon installez Python 3.12 et réessayez.</translation>
    </message>
    <message>
        <source>a package is not the one that was published. Try again; if it comes back, your package index or proxy changes files: tell its administrator.</source>
        <translation>un paquet n’est pas celui qui a été publié. Réessayez ; si cela se reproduit, votre index de paquets ou votre proxy modifie les fichiers : signalez-le à son administrateur.</translation>
    </message>
    <message>
        <source>a system library is missing. On Windows install the Microsoft Visual C++ Redistributable (x64); on Linux a newer system (glibc 2.28 or later) is needed.</source>
        <translation>une bibliothèque du système manque. Sous Windows, installez Microsoft Visual C++ Redistributable (x64) ; sous Linux, il faut un système plus récent (glibc 2.28 ou ultérieure).</translation>
    </message>
    <message>
        <source>as it has it</source>
        <translation>telle quelle</translation>
    </message>
    <message>
        <source>as the cloud layer tells</source>
        <translation>d’après la couche de nuages</translation>
    </message>
    <message>
        <source>as the model sees them</source>
        <translation>d’après le modèle</translation>
    </message>
    <message>
        <source>bf16: two bytes a weight, as published</source>
        <translation>bf16 : deux octets par poids, comme publié</translation>
    </message>
    <message>
        <source>centres {distance}</source>
        <translation>centres {distance}</translation>
    </message>
    <message>
        <source>change: gained</source>
        <translation>changement : gains</translation>
    </message>
    <message>
        <source>change: lost</source>
        <translation>changement : pertes</translation>
    </message>
    <message>
        <source>corrected by hand</source>
        <translation>corrigé à la main</translation>
    </message>
    <message>
        <source>distances</source>
        <translation>distances</translation>
    </message>
    <message>
        <source>ellipsoid {name}</source>
        <translation>ellipsoïde {name}</translation>
    </message>
    <message>
        <source>examples: outlines</source>
        <translation>exemples : contours</translation>
    </message>
    <message>
        <source>examples: points</source>
        <translation>exemples : points</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>moyenne</translation>
    </message>
    <message>
        <source>fairly sure ({score})</source>
        <translation>assez sûr ({score})</translation>
    </message>
    <message>
        <source>files may not be written there. Give yourself the right to write into your QGIS profile.</source>
        <translation>les fichiers ne peuvent pas y être écrits. Donnez-vous le droit d’écrire dans votre profil QGIS.</translation>
    </message>
    <message>
        <source>fp32: four bytes a weight, exact</source>
        <translation>fp32 : quatre octets par poids, exact</translation>
    </message>
    <message>
        <source>fp8: one byte a weight, newer NVIDIA GPU only</source>
        <translation>fp8 : un octet par poids, GPU NVIDIA récent uniquement</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bonne</translation>
    </message>
    <message>
        <source>http to {host} would send your scenes and the key unprotected: use https, or http://127.0.0.1:port with an SSH tunnel.</source>
        <translation>http vers {host} enverrait vos scènes et la clé sans protection : utilisez https, ou http://127.0.0.1:port avec un tunnel SSH.</translation>
    </message>
    <message>
        <source>image {number}</source>
        <translation>image {number}</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>incomplet</translation>
    </message>
    <message>
        <source>int4: half a byte a weight, NVIDIA GPU only</source>
        <translation>int4 : un demi-octet par poids, GPU NVIDIA uniquement</translation>
    </message>
    <message>
        <source>int8: one byte a weight</source>
        <translation>int8 : un octet par poids</translation>
    </message>
    <message>
        <source>it is here</source>
        <translation>c’en est</translation>
    </message>
    <message>
        <source>it is not here</source>
        <translation>ce n’en est pas</translation>
    </message>
    <message>
        <source>measured {figure}</source>
        <translation>mesuré {figure}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>not fetched</source>
        <translation>non téléchargé</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>non mesuré</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>rien trouvé</translation>
    </message>
    <message>
        <source>nothing left</source>
        <translation>plus rien</translation>
    </message>
    <message>
        <source>on this machine</source>
        <translation>sur cette machine</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>mauvaise</translation>
    </message>
    <message>
        <source>read from optical or SAR</source>
        <translation>lu en optique ou en SAR</translation>
    </message>
    <message>
        <source>regions</source>
        <translation>régions</translation>
    </message>
    <message>
        <source>scenes</source>
        <translation>scènes</translation>
    </message>
    <message>
        <source>see the log. “Copy diagnostics” has what a report needs.</source>
        <translation>voir le journal. « Copier le diagnostic » donne ce qu’il faut pour un signalement.</translation>
    </message>
    <message>
        <source>sure ({score})</source>
        <translation>sûr ({score})</translation>
    </message>
    <message>
        <source>taught from {base}</source>
        <translation>appris à partir de {base}</translation>
    </message>
    <message>
        <source>the disk is full. Free some space and try again; what has been fetched is kept.</source>
        <translation>le disque est plein. Libérez de l’espace et réessayez ; ce qui a été téléchargé est conservé.</translation>
    </message>
    <message>
        <source>the package index could not be reached. Check the network (and the proxy under Settings &gt; Options &gt; Network), then try again; what has been fetched is kept. Without a network: “Other ways”, a folder of wheels.</source>
        <translation>l’index des paquets n’a pas pu être atteint. Vérifiez le réseau (et le proxy sous Préférences &gt; Options &gt; Réseau), puis réessayez ; ce qui a été téléchargé est conservé. Sans réseau : « Autres méthodes », un dossier de wheels.</translation>
    </message>
    <message>
        <source>the package index has no CUDA build for Windows: name PyTorch's index for {build} under “Other ways”. Until then the processor computes.</source>
        <translation>l’index des paquets n’a pas de version CUDA pour Windows : indiquez l’index de PyTorch pour {build} sous « Autres méthodes ». D’ici là, le processeur calcule.</translation>
    </message>
    <message>
        <source>the proxy did not let us through. Look at Settings &gt; Options &gt; Network in QGIS: address, user and password.</source>
        <translation>le proxy ne nous a pas laissés passer. Vérifiez Préférences &gt; Options &gt; Réseau dans QGIS : adresse, utilisateur et mot de passe.</translation>
    </message>
    <message>
        <source>the words of the answer are the model's, from before.</source>
        <translation>les mots de la réponse sont ceux du modèle, d’avant la correction.</translation>
    </message>
    <message>
        <source>this Python cannot make environments. On Debian and Ubuntu: apt install python3-venv; elsewhere install Python 3.12 or uv, then try again.</source>
        <translation>ce Python ne peut pas créer d’environnements. Sous Debian et Ubuntu : apt install python3-venv ; ailleurs, installez Python 3.12 ou uv, puis réessayez.</translation>
    </message>
    <message>
        <source>too old for the CUDA build that the package index has (it needs 580 or newer): update the driver, or name an index of other builds under “Other ways”. Until then the processor computes.</source>
        <translation>trop ancien pour la version CUDA de l’index des paquets (il faut le 580 ou un plus récent) : mettez le pilote à jour ou indiquez un index d’autres versions sous « Autres méthodes ». D’ici là, le processeur calcule.</translation>
    </message>
    <message>
        <source>touching</source>
        <translation>se touchent</translation>
    </message>
    <message>
        <source>touching along {distance}</source>
        <translation>se touchent sur {distance}</translation>
    </message>
    <message>
        <source>unchanged {area}</source>
        <translation>inchangé {area}</translation>
    </message>
    <message>
        <source>unsure ({score})</source>
        <translation>incertain ({score})</translation>
    </message>
    <message>
        <source>uv cannot be had: going on with pip.</source>
        <translation>uv n’est pas disponible : on continue avec pip.</translation>
    </message>
    <message>
        <source>uv could not: trying with pip.</source>
        <translation>uv n’y est pas arrivé : essai avec pip.</translation>
    </message>
    <message>
        <source>with the plugin</source>
        <translation>avec l’extension</translation>
    </message>
    <message>
        <source>{area} of the scene in {crs} were looked at.</source>
        <translation>{area} de la scène en {crs} ont été examinés.</translation>
    </message>
    <message>
        <source>{bands}, on places it was not trained on</source>
        <translation>{bands}, en des lieux sur lesquels il n’a pas été entraîné</translation>
    </message>
    <message>
        <source>{columns} × {rows} pixels of {x} × {y} m</source>
        <translation>{columns} × {rows} pixels de {x} × {y} m</translation>
    </message>
    <message>
        <source>{count} dates are more than can be asked about at once: choose up to {most}.</source>
        <translation>{count} dates dépassent ce qui peut être demandé en une fois : choisissez-en {most} au plus.</translation>
    </message>
    <message>
        <source>{count} examples</source>
        <translation>{count} exemples</translation>
    </message>
    <message>
        <source>{count} examples are enough: take some back first.</source>
        <translation>{count} exemples suffisent : retirez-en d’abord.</translation>
    </message>
    <message>
        <source>{count} polygons are selected: select up to {most}.</source>
        <translation>{count} polygones sont sélectionnés : sélectionnez-en {most} au plus.</translation>
    </message>
    <message>
        <source>{distance} apart</source>
        <translation>distants de {distance}</translation>
    </message>
    <message>
        <source>{done} of {count} packages</source>
        <translation>{done} paquets sur {count}</translation>
    </message>
    <message>
        <source>{figures}: no change that can be told from noise</source>
        <translation>{figures} : aucun changement discernable du bruit</translation>
    </message>
    <message>
        <source>{images} come from (empty: as names and metadata tell)</source>
        <translation>{images} : capteur (vide : d’après les noms et les métadonnées)</translation>
    </message>
    <message>
        <source>{layer} cannot be opened.</source>
        <translation>{layer} ne peut pas être ouverte.</translation>
    </message>
    <message>
        <source>{name} cannot be read: check that it is there and that you may read it.</source>
        <translation>{name} ne peut pas être lu : vérifiez qu’il existe et que vous pouvez le lire.</translation>
    </message>
    <message>
        <source>{name} cannot be read: it is gone, or another program holds it; the answer itself is complete.</source>
        <translation>{name} ne peut pas être lu : le fichier a disparu, ou un autre programme le tient ; la réponse elle-même est complète.</translation>
    </message>
    <message>
        <source>{name} cannot be written ({why}): choose another place.</source>
        <translation>{name} ne peut pas être écrit ({why}) : choisissez un autre emplacement.</translation>
    </message>
    <message>
        <source>{name} cannot be written now: it is as it was. Save the layer again.</source>
        <translation>{name} ne peut pas être écrit pour le moment : il est resté tel quel. Enregistrez la couche à nouveau.</translation>
    </message>
    <message>
        <source>{name} cannot be written to {folder}: check the disk and its permissions.</source>
        <translation>{name} ne peut pas être écrit dans {folder} : vérifiez le disque et ses droits d’accès.</translation>
    </message>
    <message>
        <source>{name} cannot be written: choose another place.</source>
        <translation>{name} ne peut pas être écrit : choisissez un autre emplacement.</translation>
    </message>
    <message>
        <source>{name} changed while it was sent: wait until it is written, and ask again.</source>
        <translation>{name} a changé pendant son envoi : attendez qu’il soit entièrement écrit et posez à nouveau la question.</translation>
    </message>
    <message>
        <source>{name} has {given} layers for {count} further dates: give one for each, in the same order.</source>
        <translation>{name} a {given} couches pour {count} dates suivantes : donnez-en une pour chacune, dans le même ordre.</translation>
    </message>
    <message>
        <source>{name} has {size}, and the remote runtime takes files of up to {limit}: save the part you ask about as a GeoTIFF (Export &gt; Save As).</source>
        <translation>{name} fait {size} et le moteur distant accepte des fichiers jusqu’à {limit} : enregistrez la partie qui vous intéresse en GeoTIFF (Exporter &gt; Enregistrer sous).</translation>
    </message>
    <message>
        <source>{name} is chosen twice: choose another file for each image.</source>
        <translation>{name} est choisi deux fois : choisissez un fichier différent pour chaque image.</translation>
    </message>
    <message>
        <source>{name} is no report of TerraScope, or it cannot be read now: try again.</source>
        <translation>{name} n’est pas un rapport TerraScope ou ne peut pas être lu pour le moment : réessayez.</translation>
    </message>
    <message>
        <source>{name} is no report of TerraScope, or it is damaged: choose a GeoPackage of an answer.</source>
        <translation>{name} n’est pas un rapport TerraScope ou est endommagé : choisissez le GeoPackage d’une réponse.</translation>
    </message>
    <message>
        <source>{name} is no report of a batch: choose another file.</source>
        <translation>{name} n’est pas le rapport d’un lot : choisissez un autre fichier.</translation>
    </message>
    <message>
        <source>{name} is not on that machine: choose another one, or fetch it there.</source>
        <translation>{name} n’est pas sur cette machine : choisissez-en un autre ou téléchargez-le là-bas.</translation>
    </message>
    <message>
        <source>{name} is not one raster file, and a remote runtime is sent nothing else: build one file of its bands (Raster &gt; Miscellaneous) and ask about that.</source>
        <translation>{name} n’est pas un fichier raster unique, seul envoyé à un moteur distant : assemblez ses bandes en un fichier (Raster &gt; Divers) et interrogez celui-ci.</translation>
    </message>
    <message>
        <source>{name} is not one raster file, and a remote runtime is sent nothing else: save it as a GeoTIFF (Export &gt; Save As) and ask about that.</source>
        <translation>{name} n’est pas un fichier raster unique, seul envoyé à un moteur distant : enregistrez-le en GeoTIFF (Exporter &gt; Enregistrer sous) et interrogez celui-ci.</translation>
    </message>
    <message>
        <source>{name} is not there any more: choose another report.</source>
        <translation>{name} n’existe plus : choisissez un autre rapport.</translation>
    </message>
    <message>
        <source>{name} is open in QGIS or another program: close it there or choose another name.</source>
        <translation>{name} est ouvert dans QGIS ou un autre programme : fermez-le ou choisissez un autre nom.</translation>
    </message>
    <message>
        <source>{name} is there already: choose another name for the report.</source>
        <translation>{name} existe déjà : choisissez un autre nom pour le rapport.</translation>
    </message>
    <message>
        <source>{name} with driver {driver}: </source>
        <translation>{name} avec le pilote {driver} : </translation>
    </message>
    <message>
        <source>{name}, on that machine</source>
        <translation>{name}, sur cette machine distante</translation>
    </message>
    <message>
        <source>{path} does not work as a Python: see the log.</source>
        <translation>{path} ne fonctionne pas comme un Python : voir le journal.</translation>
    </message>
    <message>
        <source>{path} is Python {version}; the runtime needs 3.11, 3.12 or 3.13.</source>
        <translation>{path} est un Python {version} ; le moteur demande 3.11, 3.12 ou 3.13.</translation>
    </message>
    <message>
        <source>{path} is missing or damaged: install the plugin again.</source>
        <translation>{path} manque ou est endommagé : réinstallez l’extension.</translation>
    </message>
    <message>
        <source>{path} lacks {count} of the runtime's packages: {names}.</source>
        <translation>Il manque à {path} {count} des paquets du moteur : {names}.</translation>
    </message>
    <message>
        <source>{phrase}: {examples}</source>
        <translation>{phrase} : {examples}</translation>
    </message>
    <message>
        <source>{region}: nothing found</source>
        <translation>{region} : rien trouvé</translation>
    </message>
    <message>
        <source>{region}: {area}. Point to light it up on the map, click to go there</source>
        <translation>{region} : {area}. Survolez pour l’éclairer sur la carte, cliquez pour y aller</translation>
    </message>
    <message>
        <source>{resolution}, {width} × {height} pixels</source>
        <translation>{resolution}, {width} × {height} pixels</translation>
    </message>
    <message>
        <source>{scene}: SAR (radar)</source>
        <translation>{scene} : SAR (radar)</translation>
    </message>
    <message>
        <source>{scene}: cloud layer (SCL, QA_PIXEL or a mask)</source>
        <translation>{scene} : couche de nuages (SCL, QA_PIXEL ou un masque)</translation>
    </message>
    <message>
        <source>{scene}: folder of SAR bands instead</source>
        <translation>{scene} : ou dossier de bandes SAR</translation>
    </message>
    <message>
        <source>{scene}: folder of bands instead (SAFE, Landsat)</source>
        <translation>{scene} : ou dossier de bandes (SAFE, Landsat)</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{share} of its tokens from SAR</source>
        <translation>{share} de ses jetons issus du SAR</translation>
    </message>
    <message>
        <source>{size} B</source>
        <translation>{size} o</translation>
    </message>
    <message>
        <source>{size} GB</source>
        <translation>{size} Go</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} Mo</translation>
    </message>
    <message>
        <source>{size} as {tier} ✓</source>
        <translation>{size} en {tier} ✓</translation>
    </message>
    <message>
        <source>{size} as {tier}, not free here</source>
        <translation>{size} en {tier}, pas libre ici</translation>
    </message>
    <message>
        <source>{size} kB</source>
        <translation>{size} ko</translation>
    </message>
    <message>
        <source>{step} failed: uv, which fetches it, could not be installed; see the log.</source>
        <translation>{step} : échec. uv, qui s’en charge, n’a pas pu être installé ; voir le journal.</translation>
    </message>
    <message>
        <source>{step} failed: {free} are free in {folder}, and about {needed} are needed.</source>
        <translation>{step} : échec. {free} sont libres dans {folder}, il faut environ {needed}.</translation>
    </message>
    <message>
        <source>{step} failed: {why}</source>
        <translation>{step} : échec. {why}</translation>
    </message>
    <message>
        <source>{text} lacks the port of the tunnel: write http://127.0.0.1:8437.</source>
        <translation>Il manque à {text} le port du tunnel : écrivez http://127.0.0.1:8437.</translation>
    </message>
    <message>
        <source>{url} does not answer: check that the machine is on and can be reached.</source>
        <translation>{url} ne répond pas : vérifiez que la machine est allumée et accessible.</translation>
    </message>
    <message>
        <source>{value} points</source>
        <translation>{value} points</translation>
    </message>
    <message>
        <source>– not measured</source>
        <translation>– non mesuré</translation>
    </message>
    <message>
        <source>“{layer}” ({provider}) was captured at {size}, in {crs}.</source>
        <translation>« {layer} » ({provider}) a été capturée à {size}, en {crs}.</translation>
    </message>
    <message>
        <source>“{part}” does not name a class: write the names like 1=water; 2=heath.</source>
        <translation>« {part} » ne nomme pas une classe : écrivez les noms ainsi, 1=water; 2=heath.</translation>
    </message>
    <message>
        <source>“{text}” is no address of a remote runtime: write https://host:port, or http://127.0.0.1:port for an SSH tunnel.</source>
        <translation>« {text} » n’est pas l’adresse d’un moteur distant : écrivez https://hôte:port, ou http://127.0.0.1:port pour un tunnel SSH.</translation>
    </message>
    <message>
        <source>“{text}” is not a day: write it like 2017-06-04.</source>
        <translation>« {text} » n’est pas un jour : écrivez-le ainsi, 2017-06-04.</translation>
    </message>
    <message>
        <source>… and {count} more, in the GeoPackage</source>
        <translation>… et {count} de plus, dans le GeoPackage</translation>
    </message>
</context>
<context>
    <name>TerraScopeDock</name>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>Annulé ; rien n’a été écrit.</translation>
    </message>
    <message>
        <source>Waiting for {count} other question(s)</source>
        <translation>En attente de {count} autre(s) question(s)</translation>
    </message>
</context>
<context>
    <name>TerraScopeProvider</name>
    <message>
        <source>TerraScope: questions about Earth-observation scenes</source>
        <translation>TerraScope : questions sur des scènes d’observation de la Terre</translation>
    </message>
</context>
<context>
    <name>ZonalAnswersAlgorithm</name>
    <message>
        <source>All evidence</source>
        <translation>Tous les éléments de preuve</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Réponses</translation>
    </message>
    <message>
        <source>Ask about each polygon</source>
        <translation>Interroger chaque polygone</translation>
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
        <translation>Pose une question sur le terrain de chaque polygone d’une couche, et joint les réponses et les hectares à une copie de la couche.

Scène, SAR : comme dans « Interroger une scène ». Une couche qui n’est pas un fichier est capturée aussi loin que vont les polygones. Polygones : toute couche de polygones, dans tout système de coordonnées.
Question : une expression évaluée pour chaque polygone. Les mots sont entre apostrophes droites ; des champs peuvent s’y intercaler, comme 'How many hectares of ' || "cover" || ' are there?'.
Régions à mesurer : le nom des régions dont on veut la surface, comme water ; les surfaces de toutes les régions de ce nom sont additionnées. Si vide, la première région de la réponse.

Résultat : les polygones avec leurs champs, et question, answer, phrase (nom de la région), area_ha, coverage_pct (de ce que la scène y montre), score (celui du modèle, 0 à 1), regions (toutes, avec leurs hectares), status et reason. status vaut answered ; skipped, pour un polygone qui ne touche pas la scène ou n’a pas de terrain ; ou failed. Les champs de ce qui n’a pas de réponse sont vides (NULL), et reason dit pourquoi ; les autres polygones sont interrogés malgré tout. area_ha est vide là où aucune région n’a été marquée.
Tous les éléments de preuve : un rapport avec les masques de tous les polygones (demande le moteur de cette machine).
ANSWERED et FAILED comptent les polygones ; ceux qui ont été sautés comptent comme échoués.

Un polygone de quelques pixels montre peu au modèle : regardez les masques avant de vous fier à un chiffre.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Annulé.</translation>
    </message>
    <message>
        <source>GeoPackage (*.gpkg)</source>
        <translation>GeoPackage (*.gpkg)</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Polygones</translation>
    </message>
    <message>
        <source>Polygons answered</source>
        <translation>Polygones avec réponse</translation>
    </message>
    <message>
        <source>Polygons without an answer</source>
        <translation>Polygones sans réponse</translation>
    </message>
    <message>
        <source>Question (an expression)</source>
        <translation>Question (une expression)</translation>
    </message>
    <message>
        <source>Regions to measure (empty: the first of the answer)</source>
        <translation>Régions à mesurer (vide : la première de la réponse)</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>Scène</translation>
    </message>
    <message>
        <source>The question is an expression: put its words into single quotes, like 'How much water is there?'.</source>
        <translation>La question est une expression : mettez ses mots entre apostrophes droites, comme 'How much water is there?'.</translation>
    </message>
    <message>
        <source>The question of polygon {number} cannot be worked out: {why}.</source>
        <translation>La question du polygone {number} ne peut pas être évaluée : {why}.</translation>
    </message>
    <message>
        <source>question,answer,zonal,statistics,polygon,parcel,field,district,area,hectares,join,segmentation,AI</source>
        <translation>question,réponse,zonal,statistiques,polygone,parcelle,champ,district,surface,hectares,jointure,segmentation,IA</translation>
    </message>
    <message>
        <source>{name} is there already: choose another name for the evidence.</source>
        <translation>{name} existe déjà : choisissez un autre nom pour les éléments de preuve.</translation>
    </message>
</context>
</TS>
