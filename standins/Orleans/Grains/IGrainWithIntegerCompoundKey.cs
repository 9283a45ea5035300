namespace Orleans;

public interface IGrainWithIntegerCompoundKey : IGrain
{
}
