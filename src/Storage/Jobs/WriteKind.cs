namespace Actors.Storage.Jobs;

internal enum WriteKind
{
    Create,
    Update,
    Delete,
}
