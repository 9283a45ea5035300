using Actors.Tools;

namespace Actors.Silo.Packs;

/// <summary>One living silo and what it offers.</summary>
internal sealed record SiloOffer(CatalogueSilo Silo, Catalogue Content, DateTimeOffset FirstSeenAt);
